INSERT INTO package_version
    (id, package, number, title_da, title_en, says_da, says_en, subject, access, channel, kle, publisher,
     least_giver_age, usual_days, longest_days, holder_kinds, from_on, last_on)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
