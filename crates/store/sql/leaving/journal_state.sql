SELECT inactive_since, opened_at FROM journal WHERE municipality = $1 AND citizen = $2
