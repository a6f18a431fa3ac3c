INSERT INTO notice (id, message, recipient, kind, request, mandate, state, attempts, letter_apart, at, changed_at,
                    next_at, sealed)
VALUES ($1, $2, $3, $4, $5, $6, $7, 0, $8, $9, $9, $9, $10)
