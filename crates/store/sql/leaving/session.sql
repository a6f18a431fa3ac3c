DELETE FROM session WHERE token_hash IN (SELECT token_hash FROM session WHERE municipality = $1 ORDER BY token_hash LIMIT $2)
