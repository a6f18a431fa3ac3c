INSERT INTO aid_draft (municipality, citizen, writer, id, sealed, changed_at) VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (municipality, citizen, writer, id) DO UPDATE SET sealed = excluded.sealed, changed_at = excluded.changed_at
