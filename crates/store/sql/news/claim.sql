UPDATE news_alert SET next_at = $1
WHERE id IN (SELECT id FROM news_alert WHERE next_at <= $2 ORDER BY next_at LIMIT $3)
RETURNING id
