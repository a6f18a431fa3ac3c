DELETE FROM message_writer WHERE municipality = $1 AND (citizen, message) IN (
    SELECT citizen, message FROM message_writer WHERE municipality = $1 ORDER BY citizen, message LIMIT $2
)
