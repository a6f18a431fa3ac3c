INSERT INTO mandate_doubt (person, since) VALUES ($1, $2) ON CONFLICT (person) DO NOTHING
