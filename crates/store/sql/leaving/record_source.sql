DELETE FROM record_source WHERE municipality = $1 AND (sender, type, source_id) IN (
    SELECT sender, type, source_id FROM record_source WHERE municipality = $1 ORDER BY sender, type, source_id LIMIT $2
)
