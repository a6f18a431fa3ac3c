INSERT INTO outgoing_step (municipality, citizen, outgoing, number, at, event, why)
SELECT $1, $2, $3, count(*) + 1, $4, $5, $6
FROM outgoing_step WHERE municipality = $1 AND citizen = $2 AND outgoing = $3
