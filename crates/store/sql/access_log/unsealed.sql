SELECT municipality, citizen, id, salt, line FROM access_log
WHERE node = $1 AND batch IS NULL ORDER BY id LIMIT $2
