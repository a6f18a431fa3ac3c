INSERT INTO mandate
    (id, giver, holder, origin, signed_at, supersedes, first_day, last_day, evidence, request, named, addressee)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
