SELECT b.source_id, b.address, b.media_type, b.size, b.words FROM record_part p
JOIN record_binary b ON b.municipality = p.municipality AND b.sender = p.sender AND b.source_id = p.part_id
JOIN record_source s ON s.municipality = b.municipality AND s.sender = b.sender AND s.type = 'Binary'
    AND s.source_id = b.source_id AND s.version = b.version
WHERE p.municipality = $1 AND p.sender = $2 AND p.type = $3 AND p.source_id = $4 AND p.part_type = 'Binary'
    AND b.citizen = $5 AND s.stamp_rank < 2 ORDER BY b.source_id
