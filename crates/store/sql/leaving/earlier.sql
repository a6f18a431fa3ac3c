SELECT id, version, body FROM record_history
WHERE municipality = $1 AND citizen = $2 AND (id, version) > ($3, $4) ORDER BY id, version LIMIT $5
