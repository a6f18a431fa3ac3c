UPDATE access_log SET batch = $4, position = $5
WHERE municipality = $1 AND citizen = $2 AND id = $3 AND batch IS NULL
