SELECT id, municipality, jwks FROM system_client WHERE id = $1
