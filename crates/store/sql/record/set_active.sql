UPDATE journal SET active = $3, inactive_since = $4 WHERE municipality = $1 AND citizen = $2
