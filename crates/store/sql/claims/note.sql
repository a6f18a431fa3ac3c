INSERT INTO number_claim (old_person, new_hash, municipality, sender, at) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (old_person, new_hash) DO NOTHING
