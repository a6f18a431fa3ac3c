DELETE FROM record_source WHERE type = 'Binary' AND stamp_rank < 2 AND deleted_at IS NULL
AND EXISTS (
    SELECT 1 FROM record_binary b WHERE b.municipality = record_source.municipality
        AND b.sender = record_source.sender AND b.source_id = record_source.source_id AND b.unnamed_since <= $1
)
AND NOT EXISTS (
    SELECT 1 FROM record_binary b WHERE b.municipality = record_source.municipality
        AND b.sender = record_source.sender AND b.source_id = record_source.source_id
        AND (b.unnamed_since IS NULL OR b.unnamed_since > $1)
)
