DELETE FROM aid_application WHERE municipality = $1 AND (citizen, id) IN (
    SELECT citizen, id FROM aid_application WHERE municipality = $1 ORDER BY citizen, id LIMIT $2
)
