UPDATE record_item SET sort_at = $6, dated = $7
WHERE municipality = $1 AND citizen = $2 AND kind = $3 AND sort_at = $4 AND id = $5
