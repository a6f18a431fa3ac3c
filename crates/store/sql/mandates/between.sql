SELECT m.id, m.giver, m.holder, m.origin, m.signed_at, m.supersedes, m.first_day, m.last_day, m.evidence,
       m.request, m.named, i.number, i.package, i.package_version, i.channel, i.territory, i.from_at, i.until_at,
       i.status, i.status_at, i.reason, i.review_by, i.successor_from, m.addressee
FROM mandate_item i JOIN mandate m ON m.id = i.mandate
WHERE i.holder = $1 AND i.giver = $2 ORDER BY i.mandate, i.number
