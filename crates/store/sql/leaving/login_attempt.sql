DELETE FROM login_attempt WHERE state_hash IN (SELECT state_hash FROM login_attempt WHERE municipality = $1 ORDER BY state_hash LIMIT $2)
