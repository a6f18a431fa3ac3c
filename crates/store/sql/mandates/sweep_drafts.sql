DELETE FROM mandate_draft WHERE changed_at < $1
