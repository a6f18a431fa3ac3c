SELECT count(*), min(at) FROM access_log_new
