INSERT INTO guardianship (guardian, ward, scope, from_on, last_on) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (guardian, ward) DO UPDATE SET
    scope = excluded.scope, from_on = excluded.from_on, last_on = excluded.last_on
