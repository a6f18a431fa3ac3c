SELECT client, municipality FROM client_token WHERE token_hash = $1 AND ends_at > $2
