INSERT INTO record_file (municipality, citizen, id, number, address, media_type, size)
VALUES ($1, $2, $3, $4, $5, $6, $7)
