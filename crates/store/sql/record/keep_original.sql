INSERT INTO record_original (municipality, citizen, id, version, original) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (municipality, citizen, id) DO UPDATE SET version = excluded.version, original = excluded.original
