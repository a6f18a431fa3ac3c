UPDATE journal SET active = $3, active_version = $4, inactive_since = $5
WHERE municipality = $1 AND citizen = $2 AND active_version <= $4
