SELECT i.sort_at, i.id, i.class, i.area, i.dated, i.received_at, i.audience, i.withheld, i.sensitive, i.visible_from, i.sender, i.version, i.state, i.kind
FROM journal j
JOIN record_body b ON b.municipality = j.municipality AND b.citizen = j.citizen AND b.id = $2
JOIN record_item i ON i.municipality = b.municipality AND i.citizen = b.citizen AND i.kind = b.kind
    AND i.sort_at = b.sort_at AND i.id = b.id
WHERE j.id = $1
