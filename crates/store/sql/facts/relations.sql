SELECT CAST(1 AS BIGINT), i.mandate, i.number, i.origin, i.privileges, i.channel, i.territory, i.from_at, i.until_at,
       i.status, i.status_at, i.reason, i.review_by, i.successor_from,
       CAST(CASE WHEN i.package IS NULL OR EXISTS (
           SELECT 1 FROM package_activation a
           WHERE a.municipality = $3 AND a.package = i.package AND a.from_on <= $4
             AND (a.last_on IS NULL OR a.last_on >= $4)) THEN 1 ELSE 0 END AS BIGINT)
FROM mandate_item i WHERE i.holder = $1 AND i.giver = $2
UNION ALL
SELECT CAST(2 AS BIGINT), child, withheld, from_on, last_on, NULL, NULL, asked_at, NULL, NULL, NULL, NULL, NULL, NULL, NULL
FROM custody WHERE holder = $1 AND child = $2
UNION ALL
SELECT CAST(3 AS BIGINT), ward, NULL, from_on, last_on, scope, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
FROM guardianship WHERE guardian = $1 AND ward = $2
UNION ALL
SELECT CAST(4 AS BIGINT), person, NULL, whom, NULL, NULL, NULL, from_at, until_at, NULL, NULL, NULL, NULL, NULL, NULL
FROM block WHERE municipality = $3 AND citizen = $2
UNION ALL
SELECT CAST(5 AS BIGINT), person, NULL, NULL, NULL, NULL, NULL, since, NULL, NULL, NULL, NULL, NULL, NULL, NULL
FROM mandate_doubt WHERE person = $2
