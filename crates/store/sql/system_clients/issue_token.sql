INSERT INTO client_token (token_hash, client, municipality, ends_at) VALUES ($1, $2, $3, $4)
