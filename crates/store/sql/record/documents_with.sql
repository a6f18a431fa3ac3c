SELECT type, source_id FROM record_part
WHERE municipality = $1 AND sender = $2 AND part_type = $3 AND part_id = $4 ORDER BY type, source_id
