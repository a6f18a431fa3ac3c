INSERT INTO access_log_new (node, id, municipality, citizen, at, actor, line, salt)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
