DELETE FROM login_attempt WHERE started_at < $1
