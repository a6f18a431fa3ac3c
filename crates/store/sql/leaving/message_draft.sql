DELETE FROM message_draft WHERE municipality = $1 AND (citizen, writer, id) IN (
    SELECT citizen, writer, id FROM message_draft WHERE municipality = $1 ORDER BY citizen, writer, id LIMIT $2
)
