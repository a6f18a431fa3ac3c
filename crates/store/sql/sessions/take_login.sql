DELETE FROM login_attempt WHERE state_hash = $1
RETURNING browser_hash, secret, role, municipality, back_to, stepping_up, started_at
