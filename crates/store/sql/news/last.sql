SELECT state, attempts, changed_at, why FROM news_alert WHERE person = $1 AND kind = $2
