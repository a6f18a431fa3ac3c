SELECT count(*), min(at) FROM access_log WHERE batch IS NULL
