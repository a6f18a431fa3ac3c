INSERT INTO mail_code (person, sealed, at, tries, asked, since) VALUES ($1, $2, $3, 0, $4, $5)
ON CONFLICT (person) DO UPDATE SET
    sealed = excluded.sealed, at = excluded.at, tries = 0, asked = excluded.asked, since = excluded.since
