SELECT number, chain FROM log_batch WHERE node = $1 ORDER BY number DESC LIMIT 1
