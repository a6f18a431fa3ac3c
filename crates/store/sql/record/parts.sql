SELECT p.part_type, p.part_id, s.stamp_rank, s.deleted_at, s.citizen FROM record_part p
LEFT JOIN record_source s ON s.municipality = p.municipality AND s.sender = p.sender
    AND s.type = p.part_type AND s.source_id = p.part_id
WHERE p.municipality = $1 AND p.sender = $2 AND p.type = $3 AND p.source_id = $4
ORDER BY p.part_type, p.part_id
