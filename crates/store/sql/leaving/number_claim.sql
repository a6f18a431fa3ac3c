DELETE FROM number_claim WHERE (old_person, new_hash) IN (
    SELECT old_person, new_hash FROM number_claim WHERE municipality = $1 ORDER BY old_person, new_hash LIMIT $2
)
