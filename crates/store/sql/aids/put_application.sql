INSERT INTO aid_application (municipality, citizen, id, sent_at, sealed) VALUES ($1, $2, $3, $4, $5)
