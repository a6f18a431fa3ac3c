SELECT salt, line, municipality, citizen, id, at, actor FROM access_log
WHERE node = $1 AND batch = $2 ORDER BY position
