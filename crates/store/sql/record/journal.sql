SELECT j.id, k.wrapped FROM journal j
JOIN journal_key k ON k.municipality = j.municipality AND k.citizen = j.citizen
WHERE j.municipality = $1 AND j.citizen = $2
