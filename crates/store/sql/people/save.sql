INSERT INTO person (id, sealed, deceased_on, protected, updated_at)
VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (id) DO UPDATE SET
    sealed = excluded.sealed, deceased_on = excluded.deceased_on,
    protected = excluded.protected, updated_at = excluded.updated_at
