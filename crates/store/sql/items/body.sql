SELECT sort_at, version, body FROM record_body
WHERE municipality = $1 AND citizen = $2 AND kind = $3 AND id = $4
