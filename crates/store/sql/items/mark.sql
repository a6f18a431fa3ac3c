INSERT INTO read_mark (municipality, citizen, reader, kind, sort_at, id, at) VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (municipality, citizen, reader, kind, sort_at, id) DO NOTHING
