DELETE FROM outgoing_step
WHERE outgoing IN (SELECT id FROM outgoing WHERE changed_at < $1 AND next_at IS NULL)
