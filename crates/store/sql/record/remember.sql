INSERT INTO record_source
    (municipality, sender, type, source_id, citizen, item, stamp_at, stamp_rank, content_hash, version, received_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
ON CONFLICT (municipality, sender, type, source_id) DO UPDATE SET
    citizen = excluded.citizen, item = excluded.item, stamp_at = excluded.stamp_at,
    stamp_rank = excluded.stamp_rank, content_hash = excluded.content_hash, version = excluded.version
