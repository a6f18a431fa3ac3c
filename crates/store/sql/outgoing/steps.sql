SELECT at, event, why FROM outgoing_step WHERE municipality = $1 AND citizen = $2 AND outgoing = $3 ORDER BY number
