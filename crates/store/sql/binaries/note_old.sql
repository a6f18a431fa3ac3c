INSERT INTO file_unnamed (address, since)
SELECT DISTINCT address, CAST($2 AS BIGINT) FROM record_binary WHERE unnamed_since <= $1
ON CONFLICT (address) DO NOTHING
