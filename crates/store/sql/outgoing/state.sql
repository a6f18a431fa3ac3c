SELECT state, changed_at, reason FROM outgoing WHERE municipality = $1 AND citizen = $2 AND id = $3
