DELETE FROM attachment WHERE municipality = $1 AND (citizen, owner, number) IN (
    SELECT citizen, owner, number FROM attachment WHERE municipality = $1 ORDER BY citizen, owner, number LIMIT $2
)
