SELECT id, journal, reader, role, level, words, language, made_at, read_on FROM calendar_feed WHERE address_hash = $1
