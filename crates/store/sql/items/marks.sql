SELECT id FROM read_mark
WHERE municipality = $1 AND citizen = $2 AND reader = $3 AND kind = $4 AND sort_at BETWEEN $5 AND $6
