SELECT count(*), min(at) FROM access_log_new WHERE $1 = '' OR node = $1
