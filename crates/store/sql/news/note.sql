INSERT INTO news (journal, item, due_at)
SELECT $1, $2, $3 WHERE EXISTS (SELECT 1 FROM news_wish WHERE journal = $1)
ON CONFLICT (journal, item) DO UPDATE SET due_at = excluded.due_at
