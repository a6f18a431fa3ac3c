SELECT id, salt, line FROM access_log_new WHERE node = $1 ORDER BY id LIMIT $2
