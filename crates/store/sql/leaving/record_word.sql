DELETE FROM record_word WHERE municipality = $1 AND (citizen, sender, patient) IN (
    SELECT citizen, sender, patient FROM record_word WHERE municipality = $1 ORDER BY citizen, sender, patient LIMIT $2
)
