INSERT INTO mandate_lookup (id, municipality, client, giver, subject, access, channel, purpose, case_ref, answer, at,
                            mandate, versions, day, place)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
