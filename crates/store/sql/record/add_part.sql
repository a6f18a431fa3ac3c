INSERT INTO record_part (municipality, sender, type, source_id, part_type, part_id) VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (municipality, sender, type, source_id, part_type, part_id) DO NOTHING
