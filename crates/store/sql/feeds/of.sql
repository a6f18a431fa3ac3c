SELECT id, words, language, made_at, read_on FROM calendar_feed WHERE journal = $1 AND reader = $2 ORDER BY made_at, id
