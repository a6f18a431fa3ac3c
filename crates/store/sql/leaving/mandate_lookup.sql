DELETE FROM mandate_lookup WHERE id IN (SELECT id FROM mandate_lookup WHERE municipality = $1 ORDER BY id LIMIT $2)
