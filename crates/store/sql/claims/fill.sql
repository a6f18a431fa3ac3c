INSERT INTO person_filled (person, municipality) VALUES ($1, $2) ON CONFLICT (person) DO NOTHING
