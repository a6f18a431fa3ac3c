SELECT id FROM journal WHERE id = $1 AND citizen = $2
