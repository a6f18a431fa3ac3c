UPDATE notice SET state = $2, attempts = $3, changed_at = $4, next_at = $5 WHERE id = $1
