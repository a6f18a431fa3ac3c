SELECT id, version, body FROM record_body
WHERE municipality = $1 AND citizen = $2 AND id > $3 ORDER BY id LIMIT $4
