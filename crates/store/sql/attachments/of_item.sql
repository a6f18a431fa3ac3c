SELECT address, media_type, size FROM record_file WHERE municipality = $1 AND citizen = $2 AND id = $3 ORDER BY number
