SELECT a.id, a.sealed, a.deceased_on, a.protected,
       j.municipality, j.active, j.inactive_since, k.wrapped, j.changed,
       s.id, s.sealed, s.deceased_on, s.protected
FROM person a
LEFT JOIN journal j ON j.id = $1
LEFT JOIN journal_key k ON k.municipality = j.municipality AND k.citizen = j.citizen
LEFT JOIN person s ON s.id = j.citizen
WHERE a.id = $2
