INSERT INTO file_unnamed (address, since)
SELECT DISTINCT address, CAST($4 AS BIGINT) FROM record_file WHERE municipality = $1 AND citizen = $2 AND id = $3
ON CONFLICT (address) DO NOTHING
