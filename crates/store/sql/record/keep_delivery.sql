INSERT INTO delivery (municipality, sender, key_hash, content_hash, answer, at) VALUES ($1, $2, $3, $4, $5, $6)
