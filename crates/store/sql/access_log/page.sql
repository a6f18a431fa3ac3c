SELECT line FROM access_log WHERE municipality = $1 AND citizen = $2 AND id < $3 ORDER BY id DESC LIMIT $4
