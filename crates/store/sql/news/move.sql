UPDATE news_alert SET state = $2, attempts = $3, why = $4, changed_at = $5, next_at = $6 WHERE id = $1
