INSERT INTO journal_key (municipality, citizen, wrapped, made_at) VALUES ($1, $2, $3, $4)
ON CONFLICT (municipality, citizen) DO NOTHING
