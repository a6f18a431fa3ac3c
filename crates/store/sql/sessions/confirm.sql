UPDATE session SET level = $2, authenticated_at = $3, seen_at = $4 WHERE token_hash = $1
