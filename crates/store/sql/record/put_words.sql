INSERT INTO record_search (municipality, citizen, kind, sort_at, id, version, words)
VALUES ($1, $2, $3, $4, $5, $6, $7)
