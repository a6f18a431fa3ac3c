UPDATE calendar_feed SET read_on = $2 WHERE address_hash = $1
