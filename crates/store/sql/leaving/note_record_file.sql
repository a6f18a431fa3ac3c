INSERT INTO file_unnamed (address, since)
SELECT DISTINCT address, CAST($3 AS BIGINT) FROM (
    SELECT address FROM record_file WHERE municipality = $1 ORDER BY citizen, id, number LIMIT $2
) AS slice WHERE true
ON CONFLICT (address) DO NOTHING
