DELETE FROM block WHERE municipality = $1 AND (citizen, from_at, whom, person) IN (
    SELECT citizen, from_at, whom, person FROM block WHERE municipality = $1 ORDER BY citizen, from_at, whom, person LIMIT $2
)
