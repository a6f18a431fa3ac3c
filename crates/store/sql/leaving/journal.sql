DELETE FROM journal WHERE municipality = $1 AND citizen IN (
    SELECT citizen FROM journal WHERE municipality = $1 ORDER BY citizen LIMIT $2
)
