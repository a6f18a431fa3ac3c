INSERT INTO mandate_draft (id, person, kind, sealed, changed_at) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (id) DO UPDATE SET sealed = excluded.sealed, changed_at = excluded.changed_at
WHERE mandate_draft.person = excluded.person
