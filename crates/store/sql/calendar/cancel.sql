INSERT INTO visit_cancellation (municipality, citizen, item, round, at, actor, outgoing, note)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
