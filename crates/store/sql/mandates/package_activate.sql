INSERT INTO package_activation (municipality, package, from_on, last_on) VALUES ($1, $2, $3, $4)
ON CONFLICT (municipality, package, from_on) DO UPDATE SET last_on = excluded.last_on
