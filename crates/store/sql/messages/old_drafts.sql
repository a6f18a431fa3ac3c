SELECT municipality, citizen, writer, id FROM message_draft WHERE changed_at < $1 ORDER BY changed_at LIMIT $2
