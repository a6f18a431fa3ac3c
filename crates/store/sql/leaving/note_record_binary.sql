INSERT INTO file_unnamed (address, since)
SELECT DISTINCT address, CAST($3 AS BIGINT) FROM (
    SELECT address FROM record_binary WHERE municipality = $1 ORDER BY sender, source_id, citizen LIMIT $2
) AS slice WHERE true
ON CONFLICT (address) DO NOTHING
