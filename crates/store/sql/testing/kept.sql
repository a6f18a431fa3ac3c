SELECT s.type, s.source_id, s.stamp_at, s.stamp_rank, s.item, s.citizen, b.kind, b.sort_at, b.version, b.body FROM record_source s
LEFT JOIN record_body b ON b.municipality = s.municipality AND b.citizen = s.citizen AND b.id = s.item
WHERE s.municipality = $1 AND s.sender = $2 ORDER BY s.type, s.source_id
