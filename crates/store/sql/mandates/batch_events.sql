SELECT mandate, number, hash FROM mandate_event WHERE node = $1 AND batch = $2 ORDER BY mandate, number
