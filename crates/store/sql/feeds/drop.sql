DELETE FROM calendar_feed WHERE journal = $1 AND reader = $2 AND id = $3
