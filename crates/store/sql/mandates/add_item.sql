INSERT INTO mandate_item
    (holder, giver, mandate, number, origin, privileges, channel, territory, from_at, until_at,
     status, status_at, reason, review_by, successor_from, package, package_version)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
