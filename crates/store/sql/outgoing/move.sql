UPDATE outgoing
SET state = $2, attempts = $3, reason = $4, changed_at = $5, next_at = $6, sealed = CASE WHEN CAST($7 AS BIGINT) = 1 THEN sealed END
WHERE id = $1
