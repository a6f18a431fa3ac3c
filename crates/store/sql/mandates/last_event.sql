SELECT number, hash FROM mandate_event WHERE mandate = $1 ORDER BY number DESC LIMIT 1
