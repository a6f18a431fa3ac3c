SELECT from_at, whom, person, until_at FROM block
WHERE municipality = $1 AND citizen = $2 ORDER BY from_at, whom, person
