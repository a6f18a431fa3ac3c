SELECT id, number, address, media_type, size FROM record_file
WHERE municipality = $1 AND citizen = $2 AND (id, number) > ($3, $4) ORDER BY id, number LIMIT $5
