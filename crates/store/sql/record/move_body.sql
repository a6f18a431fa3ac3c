UPDATE record_body SET sort_at = $4 WHERE municipality = $1 AND citizen = $2 AND id = $3
