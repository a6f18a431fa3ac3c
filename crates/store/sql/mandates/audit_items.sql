SELECT i.holder, i.giver, i.mandate, i.number, i.privileges, i.channel, i.package_version,
       CAST(CASE WHEN EXISTS (
           SELECT 1 FROM mandate m
           WHERE m.id = i.mandate AND m.holder = i.holder AND m.giver = i.giver) THEN 1 ELSE 0 END AS BIGINT) AS is_between
FROM mandate_item i WHERE (i.holder, i.giver, i.mandate, i.number) > ($1, $2, $3, $4)
ORDER BY i.holder, i.giver, i.mandate, i.number LIMIT $5
