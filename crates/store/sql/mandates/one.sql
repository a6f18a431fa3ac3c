SELECT m.id, m.giver, m.holder, m.origin, m.signed_at, m.supersedes, m.first_day, m.last_day, m.evidence,
       m.request, m.named, i.number, i.package, i.package_version, i.channel, i.territory, i.from_at, i.until_at,
       i.status, i.status_at, i.reason, i.review_by, i.successor_from, m.addressee
FROM mandate m JOIN mandate_item i ON i.holder = m.holder AND i.giver = m.giver AND i.mandate = m.id
WHERE m.id = $1 ORDER BY i.number
