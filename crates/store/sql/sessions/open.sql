INSERT INTO session (token_hash, person, role, municipality, level, authenticated_at, created_at, seen_at, ends_at, csrf)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
