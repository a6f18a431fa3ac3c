INSERT INTO access_log (municipality, citizen, id, at, actor, line, salt, node, batch, position)
SELECT municipality, citizen, id, at, actor, line, salt, node, CAST($3 AS BIGINT), row_number() OVER (ORDER BY id) - 1
FROM access_log_new WHERE node = $1 AND id <= $2
