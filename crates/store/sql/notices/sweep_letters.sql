DELETE FROM notice_letter WHERE notice IN (SELECT id FROM notice WHERE changed_at < $1 AND next_at IS NULL)
