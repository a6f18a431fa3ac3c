SELECT i.sort_at, i.id, i.class, i.area, i.dated, i.received_at, i.audience, i.withheld, i.sensitive, i.visible_from,
       i.sender, i.version, i.head, b.version, b.body
FROM record_item i
JOIN record_body b ON b.municipality = i.municipality AND b.citizen = i.citizen AND b.id = i.id
WHERE i.municipality = $1 AND i.citizen = $2 AND i.kind = 'documents' AND i.sort_at = $3 AND i.id = $4
