DELETE FROM aid_ask WHERE municipality = $1 AND (citizen, loan, kind, id) IN (
    SELECT citizen, loan, kind, id FROM aid_ask WHERE municipality = $1 ORDER BY citizen, loan, kind, id LIMIT $2
)
