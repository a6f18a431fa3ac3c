SELECT o.id, o.municipality, o.kind, o.state, o.attempts, o.at, o.changed_at,
       (SELECT s.why FROM outgoing_step s
        WHERE s.municipality = o.municipality AND s.citizen = o.citizen AND s.outgoing = o.id
        ORDER BY s.number DESC LIMIT 1)
FROM outgoing o WHERE o.state = $1 ORDER BY o.changed_at, o.id LIMIT $2
