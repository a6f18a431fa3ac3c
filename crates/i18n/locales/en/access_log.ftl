# access_log
