INSERT INTO file_unnamed (address, since)
SELECT address, CAST($5 AS BIGINT) FROM attachment
WHERE municipality = $1 AND citizen = $2 AND owner = $3 AND number = $4
ON CONFLICT (address) DO NOTHING
