INSERT INTO journal (id, municipality, citizen, active, opened_at) VALUES ($1, $2, $3, 1, $4)
ON CONFLICT (municipality, citizen) DO NOTHING
