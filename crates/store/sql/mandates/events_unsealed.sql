SELECT mandate, number, hash FROM mandate_event
WHERE node = $1 AND batch IS NULL ORDER BY mandate, number LIMIT $2
