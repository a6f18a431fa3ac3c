DELETE FROM record_original WHERE municipality = $1 AND (citizen, id) IN (
    SELECT citizen, id FROM record_original WHERE municipality = $1 ORDER BY citizen, id LIMIT $2
)
