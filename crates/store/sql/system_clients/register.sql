INSERT INTO system_client (id, municipality, jwks, added_at) VALUES ($1, $2, $3, $4)
ON CONFLICT (id) DO UPDATE SET municipality = excluded.municipality, jwks = excluded.jwks
