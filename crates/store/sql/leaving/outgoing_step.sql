DELETE FROM outgoing_step WHERE municipality = $1 AND (citizen, outgoing, number) IN (
    SELECT citizen, outgoing, number FROM outgoing_step WHERE municipality = $1 ORDER BY citizen, outgoing, number LIMIT $2
)
