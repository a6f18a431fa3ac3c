SELECT municipality, citizen, id FROM aid_draft WHERE changed_at < $1 LIMIT $2
