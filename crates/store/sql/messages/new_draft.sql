INSERT INTO message_draft (municipality, citizen, writer, id, sealed, changed_at) VALUES ($1, $2, $3, $4, $5, $6)
