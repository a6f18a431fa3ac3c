SELECT stamp_at, stamp_rank, content_hash FROM record_word
WHERE municipality = $1 AND citizen = $2 AND sender = $3 AND patient = $4
