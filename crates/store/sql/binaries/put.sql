INSERT INTO record_binary (municipality, sender, source_id, citizen, version, address, media_type, size, words)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
ON CONFLICT (municipality, sender, source_id, citizen) DO UPDATE SET version = excluded.version,
    address = excluded.address, media_type = excluded.media_type, size = excluded.size, words = excluded.words,
    unnamed_since = NULL
