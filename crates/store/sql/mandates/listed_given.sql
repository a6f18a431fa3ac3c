SELECT m.id, m.giver, m.holder, m.origin, m.signed_at, m.supersedes, m.first_day, m.last_day, m.evidence,
       m.request, m.named, i.number, i.package, i.package_version, i.channel, i.territory, i.from_at, i.until_at,
       i.status, i.status_at, i.reason, i.review_by, i.successor_from, m.addressee,
       p.id AS person, p.sealed, p.deceased_on, p.protected
FROM (
    SELECT * FROM (
        SELECT holder, giver, mandate, max(until_at) AS until_at, max(CASE WHEN until_at > $2 AND (status = 'suspended'
            OR status = 'running' AND (successor_from IS NULL OR successor_from > $2)) THEN 1 ELSE 0 END) AS alive
        FROM mandate_item WHERE giver = $1 GROUP BY holder, giver, mandate
    ) AS every ORDER BY alive DESC, CASE WHEN alive = 1 THEN until_at ELSE -until_at END, mandate LIMIT $3 OFFSET $4
) AS page
JOIN mandate m ON m.id = page.mandate
JOIN mandate_item i ON i.holder = page.holder AND i.giver = page.giver AND i.mandate = page.mandate
LEFT JOIN person p ON p.id = m.holder
ORDER BY i.mandate, i.number
