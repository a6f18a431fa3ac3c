SELECT id FROM read_mark
WHERE municipality = $1 AND citizen = $2 AND reader = $3 AND kind = 'documents' AND sort_at BETWEEN $4 AND $5
