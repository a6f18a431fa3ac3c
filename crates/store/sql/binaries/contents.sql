SELECT b.citizen, b.version, b.address, b.media_type, b.size FROM record_binary b
JOIN record_source s ON s.municipality = b.municipality AND s.sender = b.sender AND s.type = 'Binary'
    AND s.source_id = b.source_id AND s.version = b.version
WHERE b.municipality = $1 AND b.sender = $2 AND b.source_id = $3 AND s.stamp_rank < 2 ORDER BY b.citizen
