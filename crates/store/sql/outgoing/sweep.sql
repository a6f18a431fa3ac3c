DELETE FROM outgoing WHERE changed_at < $1 AND next_at IS NULL
