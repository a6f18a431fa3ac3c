SELECT citizen, id, actor, line, salt, node, batch, position FROM access_log
WHERE municipality = $1 AND (citizen, id) > ($2, $3)
UNION ALL
SELECT citizen, id, actor, line, salt, node, NULL, NULL FROM access_log_new
WHERE municipality = $1 AND (citizen, id) > ($2, $3)
ORDER BY 1, 2 LIMIT $4
