UPDATE record_binary SET unnamed_since = NULL
WHERE unnamed_since IS NOT NULL AND EXISTS (
    SELECT 1 FROM record_part p
    JOIN record_source d ON d.municipality = p.municipality AND d.sender = p.sender AND d.type = p.type
        AND d.source_id = p.source_id
    WHERE p.municipality = record_binary.municipality AND p.sender = record_binary.sender AND p.part_type = 'Binary'
        AND p.part_id = record_binary.source_id AND d.stamp_rank < 2
        AND (d.citizen = record_binary.citizen OR record_binary.citizen = $1)
)
