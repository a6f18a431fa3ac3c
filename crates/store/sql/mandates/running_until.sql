SELECT DISTINCT mandate FROM mandate_item
WHERE status = 'running' AND until_at >= $1 AND until_at < $2 AND mandate > $3
ORDER BY mandate LIMIT $4
