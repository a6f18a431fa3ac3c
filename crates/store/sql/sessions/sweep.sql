DELETE FROM session WHERE ends_at < $1
