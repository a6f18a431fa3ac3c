INSERT INTO mandate_event (mandate, number, at, event, actor, item, detail, salt, commitment, hash, node)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
