INSERT INTO file_unnamed (address, since)
SELECT DISTINCT address, CAST($4 AS BIGINT) FROM attachment WHERE municipality = $1 AND citizen = $2 AND owner = $3
ON CONFLICT (address) DO NOTHING
