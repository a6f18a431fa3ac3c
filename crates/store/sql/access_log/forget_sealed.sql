DELETE FROM access_log_new WHERE node = $1 AND id <= $2
