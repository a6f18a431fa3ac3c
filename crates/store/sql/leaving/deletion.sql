DELETE FROM deletion WHERE municipality = $1 AND (citizen, id) IN (
    SELECT citizen, id FROM deletion WHERE municipality = $1 AND citizen <> id ORDER BY citizen, id LIMIT $2
)
