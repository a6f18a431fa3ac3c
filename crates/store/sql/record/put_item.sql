INSERT INTO record_item
    (municipality, citizen, kind, sort_at, id, class, area, dated, received_at, audience, withheld, sensitive, visible_from, sender,
     state, version, head)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
