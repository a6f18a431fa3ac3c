INSERT INTO person_language (person, language) VALUES ($1, $2)
ON CONFLICT (person) DO UPDATE SET language = excluded.language
