SELECT i.sort_at, i.id, i.class, i.area, i.dated, i.received_at, i.audience, i.withheld, i.sensitive, i.visible_from, i.sender, i.version, i.state, i.head, b.version, b.body
FROM record_item i JOIN record_body b ON b.municipality = i.municipality AND b.citizen = i.citizen AND b.id = i.id
WHERE i.municipality = $1 AND i.citizen = $2 AND i.kind = $3 AND (i.sort_at, i.id) < ($4, $5)
ORDER BY i.sort_at DESC, i.id DESC LIMIT $6
