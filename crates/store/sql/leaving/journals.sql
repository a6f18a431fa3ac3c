SELECT citizen FROM journal WHERE municipality = $1 AND citizen > $2 ORDER BY citizen LIMIT $3
