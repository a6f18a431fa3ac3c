SELECT holder, mandate, number, origin, privileges, channel, territory, from_at, until_at,
       status, status_at, reason, review_by, successor_from
FROM mandate_item WHERE giver = $1 ORDER BY holder, mandate, number
