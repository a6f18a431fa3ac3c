SELECT citizen, item, stamp_at, stamp_rank, content_hash, version, received_at
FROM record_source WHERE municipality = $1 AND sender = $2 AND type = $3 AND source_id = $4
