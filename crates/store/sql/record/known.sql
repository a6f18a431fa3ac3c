SELECT citizen, item, stamp_at, stamp_rank, content_hash, state, version
FROM record_source WHERE municipality = $1 AND sender = $2 AND type = $3 AND source_id = $4
