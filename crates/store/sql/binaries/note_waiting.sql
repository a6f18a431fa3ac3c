INSERT INTO file_unnamed (address, since)
SELECT address, CAST($5 AS BIGINT) FROM record_binary
WHERE municipality = $1 AND sender = $2 AND source_id = $3 AND citizen = $4
ON CONFLICT (address) DO NOTHING
