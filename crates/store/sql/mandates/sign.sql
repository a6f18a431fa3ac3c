INSERT INTO mandate (id, giver, holder, origin, signed_at, supersedes) VALUES ($1, $2, $3, $4, $5, $6)
