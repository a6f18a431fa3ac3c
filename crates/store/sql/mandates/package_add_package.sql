INSERT INTO package (id, code) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING
