INSERT INTO calendar_feed (address_hash, id, municipality, journal, reader, role, level, words, language, made_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
