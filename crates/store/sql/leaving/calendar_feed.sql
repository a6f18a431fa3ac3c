DELETE FROM calendar_feed WHERE address_hash IN (SELECT address_hash FROM calendar_feed WHERE municipality = $1 ORDER BY address_hash LIMIT $2)
