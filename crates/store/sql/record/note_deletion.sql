INSERT INTO deletion (municipality, citizen, id, at, reason) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (municipality, citizen, id) DO NOTHING
