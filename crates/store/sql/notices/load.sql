SELECT n.message, n.kind, n.request, n.mandate, n.state, n.attempts, n.letter_apart, n.at, n.sealed,
       p.id, p.sealed, p.deceased_on, p.protected
FROM notice n LEFT JOIN person p ON p.id = n.recipient WHERE n.id = $1
