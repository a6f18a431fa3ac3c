SELECT id, municipality, jwks, scopes FROM system_client WHERE id = $1
