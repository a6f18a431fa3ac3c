DELETE FROM record_part WHERE municipality = $1 AND (sender, type, source_id, part_type, part_id) IN (
    SELECT sender, type, source_id, part_type, part_id FROM record_part WHERE municipality = $1 ORDER BY sender, type, source_id, part_type, part_id LIMIT $2
)
