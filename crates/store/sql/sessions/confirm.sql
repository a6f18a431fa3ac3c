UPDATE session SET level = $2, authenticated_at = $3, seen_at = $4, claims = $5 WHERE token_hash = $1
