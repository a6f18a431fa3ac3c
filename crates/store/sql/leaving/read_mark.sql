DELETE FROM read_mark WHERE municipality = $1 AND (citizen, reader, kind, sort_at, id) IN (
    SELECT citizen, reader, kind, sort_at, id FROM read_mark WHERE municipality = $1 ORDER BY citizen, reader, kind, sort_at, id LIMIT $2
)
