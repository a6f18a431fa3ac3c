INSERT INTO block (municipality, citizen, from_at, whom, person, until_at) VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (municipality, citizen, from_at, whom, person) DO UPDATE SET until_at = excluded.until_at
