DELETE FROM record_history WHERE municipality = $1 AND (citizen, id, version) IN (
    SELECT citizen, id, version FROM record_history WHERE municipality = $1 ORDER BY citizen, id, version LIMIT $2
)
