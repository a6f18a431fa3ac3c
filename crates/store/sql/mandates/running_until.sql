SELECT DISTINCT until_at, mandate FROM mandate_item
WHERE status = 'running' AND (until_at, mandate) > ($1, $2) AND until_at <= $3
ORDER BY until_at, mandate LIMIT $4
