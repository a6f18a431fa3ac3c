SELECT person, role, municipality, level, authenticated_at, created_at, seen_at, ends_at, csrf, claims
FROM session WHERE token_hash = $1
