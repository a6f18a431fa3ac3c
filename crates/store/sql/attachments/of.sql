SELECT number, name, address, media_type, size FROM attachment
WHERE municipality = $1 AND citizen = $2 AND owner = $3 ORDER BY number
