SELECT giver, mandate, number, origin, privileges, channel, territory, from_at, until_at,
       status, status_at, reason, review_by, successor_from
FROM mandate_item WHERE holder = $1 ORDER BY giver, mandate, number
