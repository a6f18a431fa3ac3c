DELETE FROM calendar_feed WHERE made_at < $1 AND (read_on IS NULL OR read_on < $2)
