INSERT INTO system_client (id, municipality, jwks, added_at, scopes) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (id) DO UPDATE SET municipality = excluded.municipality, jwks = excluded.jwks,
    scopes = COALESCE(excluded.scopes, system_client.scopes)
