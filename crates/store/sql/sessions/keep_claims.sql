UPDATE session SET claims = $2 WHERE token_hash = $1
