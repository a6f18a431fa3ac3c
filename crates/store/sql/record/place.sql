SELECT kind, sort_at FROM record_body WHERE municipality = $1 AND citizen = $2 AND id = $3
