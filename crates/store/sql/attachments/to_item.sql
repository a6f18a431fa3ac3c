INSERT INTO record_file (municipality, citizen, id, number, address, media_type, size)
SELECT municipality, citizen, $4, number, address, media_type, size FROM attachment
WHERE municipality = $1 AND citizen = $2 AND owner = $3
