SELECT id, line FROM access_log
WHERE municipality = $1 AND citizen = $2 AND id < $3 AND (CAST($5 AS BYTEA) IS NULL OR actor = $5)
UNION ALL
SELECT id, line FROM access_log_new
WHERE municipality = $1 AND citizen = $2 AND id < $3 AND (CAST($5 AS BYTEA) IS NULL OR actor = $5)
ORDER BY 1 DESC LIMIT $4
