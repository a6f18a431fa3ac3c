INSERT INTO person_number (cpr_hash, person, since) VALUES ($1, $2, $3)
ON CONFLICT (cpr_hash) DO NOTHING
