DELETE FROM record_body WHERE municipality = $1 AND (citizen, id) IN (
    SELECT citizen, id FROM record_body WHERE municipality = $1 ORDER BY citizen, id LIMIT $2
)
