INSERT INTO mail_address (person, sealed, confirmed_at) VALUES ($1, $2, $3)
ON CONFLICT (person) DO UPDATE SET
    sealed = excluded.sealed, confirmed_at = excluded.confirmed_at, refused_at = NULL
