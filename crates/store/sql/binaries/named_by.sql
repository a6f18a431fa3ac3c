SELECT DISTINCT d.citizen FROM record_part p
JOIN record_source d ON d.municipality = p.municipality AND d.sender = p.sender AND d.type = p.type
    AND d.source_id = p.source_id
WHERE p.municipality = $1 AND p.sender = $2 AND p.part_type = 'Binary' AND p.part_id = $3 AND d.stamp_rank < 2
ORDER BY d.citizen
