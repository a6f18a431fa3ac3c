INSERT INTO journal (id, municipality, citizen, active, active_version, opened_at) VALUES ($1, $2, $3, 1, 0, $4)
ON CONFLICT (municipality, citizen) DO NOTHING
