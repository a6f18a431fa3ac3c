SELECT DISTINCT mandate FROM mandate_item i
WHERE territory = $1 AND NOT EXISTS (
    SELECT 1 FROM mandate_item o
    WHERE o.holder = i.holder AND o.giver = i.giver AND o.mandate = i.mandate AND o.territory <> $1
) ORDER BY mandate LIMIT $2
