INSERT INTO access_log (municipality, citizen, id, at, actor, line, salt, node)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
