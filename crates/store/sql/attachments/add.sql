INSERT INTO attachment (municipality, citizen, owner, number, name, address, media_type, size)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
