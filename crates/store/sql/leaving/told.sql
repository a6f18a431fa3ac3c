SELECT id, kind, state, reason, at, changed_at, sealed FROM outgoing
WHERE municipality = $1 AND citizen = $2 ORDER BY number
