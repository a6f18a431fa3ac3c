INSERT INTO record_word (municipality, citizen, sender, patient, stamp_at, stamp_rank, content_hash, word)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
ON CONFLICT (municipality, citizen, sender, patient) DO UPDATE SET stamp_at = excluded.stamp_at,
    stamp_rank = excluded.stamp_rank, content_hash = excluded.content_hash, word = excluded.word
