INSERT INTO mandate_request
    (id, requester, target, addressee, named, items, last_day, by_letter, sent_at, answer_by, state, evidence)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
