DELETE FROM outgoing WHERE municipality = $1 AND (citizen, number) IN (
    SELECT citizen, number FROM outgoing WHERE municipality = $1 ORDER BY citizen, number LIMIT $2
)
