INSERT INTO log_batch (node, number, at, lines, root, chain, others, signature)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
