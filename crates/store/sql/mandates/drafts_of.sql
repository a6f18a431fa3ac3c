SELECT id, kind, sealed FROM mandate_draft WHERE person = $1 ORDER BY changed_at DESC, id
