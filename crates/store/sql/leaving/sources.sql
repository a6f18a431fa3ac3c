SELECT item, sender, type, source_id, version, received_at, stamp_rank FROM record_source
WHERE municipality = $1 AND citizen = $2 ORDER BY item, sender, type, source_id
