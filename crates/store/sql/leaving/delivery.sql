DELETE FROM delivery WHERE municipality = $1 AND (sender, key_hash) IN (
    SELECT sender, key_hash FROM delivery WHERE municipality = $1 ORDER BY sender, key_hash LIMIT $2
)
