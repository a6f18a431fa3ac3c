INSERT INTO record_body (municipality, citizen, id, kind, sort_at, version, body) VALUES ($1, $2, $3, $4, $5, $6, $7)
