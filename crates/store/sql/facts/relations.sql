SELECT CAST(1 AS BIGINT), mandate, number, origin, privileges, channel, territory, from_at, until_at,
       status, status_at, reason, review_by, successor_from
FROM mandate_item WHERE holder = $1 AND giver = $2
UNION ALL
SELECT CAST(2 AS BIGINT), child, withheld, from_on, last_on, NULL, NULL, asked_at, NULL, NULL, NULL, NULL, NULL, NULL
FROM custody WHERE holder = $1 AND child = $2
UNION ALL
SELECT CAST(3 AS BIGINT), ward, NULL, from_on, last_on, scope, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
FROM guardianship WHERE guardian = $1 AND ward = $2
UNION ALL
SELECT CAST(4 AS BIGINT), person, NULL, whom, NULL, NULL, NULL, from_at, until_at, NULL, NULL, NULL, NULL, NULL
FROM block WHERE municipality = $3 AND citizen = $2
