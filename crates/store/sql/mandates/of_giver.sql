SELECT i.holder, i.mandate, i.number, i.origin, i.privileges, i.channel, i.territory, i.from_at, i.until_at,
       i.status, i.status_at, i.reason, i.review_by, i.successor_from,
       CAST(CASE WHEN i.package IS NULL OR EXISTS (
           SELECT 1 FROM package_activation a
           WHERE a.municipality = $2 AND a.package = i.package AND a.from_on <= $3
             AND (a.last_on IS NULL OR a.last_on >= $3)) THEN 1 ELSE 0 END AS BIGINT) AS active
FROM mandate_item i WHERE i.giver = $1 ORDER BY i.holder, i.mandate, i.number
