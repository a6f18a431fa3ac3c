DELETE FROM record_file WHERE municipality = $1 AND (citizen, id, number) IN (
    SELECT citizen, id, number FROM record_file WHERE municipality = $1 ORDER BY citizen, id, number LIMIT $2
)
