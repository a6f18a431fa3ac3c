DELETE FROM record_item WHERE municipality = $1 AND (citizen, kind, sort_at, id) IN (
    SELECT citizen, kind, sort_at, id FROM record_item WHERE municipality = $1 ORDER BY citizen, kind, sort_at, id LIMIT $2
)
