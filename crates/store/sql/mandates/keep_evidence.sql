INSERT INTO evidence (id, kind, sealed, sha256, signer, level, authenticated_at, session, at, veiled)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1)
