DELETE FROM record_binary WHERE municipality = $1 AND (sender, source_id, citizen) IN (
    SELECT sender, source_id, citizen FROM record_binary WHERE municipality = $1 ORDER BY sender, source_id, citizen LIMIT $2
)
