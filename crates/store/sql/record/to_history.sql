INSERT INTO record_history (municipality, citizen, id, version, replaced_at, body)
SELECT municipality, citizen, id, version, CAST($4 AS BIGINT), body FROM record_body
WHERE municipality = $1 AND citizen = $2 AND id = $3
ON CONFLICT (municipality, citizen, id, version) DO NOTHING
