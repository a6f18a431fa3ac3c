INSERT INTO custody (holder, child, from_on, last_on, withheld, asked_at) VALUES ($1, $2, $3, $4, $5, $6)
