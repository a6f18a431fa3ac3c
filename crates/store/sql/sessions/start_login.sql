INSERT INTO login_attempt (state_hash, browser_hash, secret, role, municipality, back_to, stepping_up, started_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
