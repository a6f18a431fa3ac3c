SELECT sealed, sha256, signer, level, authenticated_at, session, at, veiled FROM evidence WHERE id = $1
