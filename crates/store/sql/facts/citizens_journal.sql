SELECT id FROM journal WHERE municipality = $1 AND citizen = $2
