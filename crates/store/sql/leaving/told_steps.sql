SELECT outgoing, at, event, why FROM outgoing_step
WHERE municipality = $1 AND citizen = $2 ORDER BY outgoing, number
