INSERT INTO news_alert (person, kind, id, state, attempts, why, changed_at, next_at) VALUES ($1, $2, $3, $4, 0, '', $5, $5)
ON CONFLICT (person, kind) DO UPDATE SET
    id = excluded.id, state = excluded.state, attempts = 0, why = '', changed_at = excluded.changed_at,
    next_at = excluded.next_at
