INSERT INTO outgoing (municipality, citizen, number, id, kind, state, attempts, reason, at, changed_at, next_at, sealed)
SELECT $1, $2, coalesce(max(number), 0) + 1, $3, $4, $5, 0, '', $6, $6, $6, $7
FROM outgoing WHERE municipality = $1 AND citizen = $2
