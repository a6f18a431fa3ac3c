SELECT giver, mandate, number, origin, privileges, channel, territory, from_at, until_at,
       status, status_at, reason, review_by, successor_from, CAST(1 AS BIGINT) AS active
FROM mandate_item WHERE holder = $1 ORDER BY giver, mandate, number
