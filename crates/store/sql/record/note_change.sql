UPDATE journal SET changed = $3 WHERE municipality = $1 AND citizen = $2
