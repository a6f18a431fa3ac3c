INSERT INTO client_assertion (client, jti_hash, ends_at) VALUES ($1, $2, $3) ON CONFLICT (client, jti_hash) DO NOTHING
