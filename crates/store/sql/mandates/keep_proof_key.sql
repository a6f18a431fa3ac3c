INSERT INTO proof_key (kid, jwk, sealed, made_at) VALUES ($1, $2, $3, $4)
