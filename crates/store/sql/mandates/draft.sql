SELECT id, kind, sealed FROM mandate_draft WHERE id = $1 AND person = $2
