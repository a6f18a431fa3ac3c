INSERT INTO deletion (municipality, citizen, id, at, reason) VALUES ($1, $2, $2, $3, $4)
ON CONFLICT (municipality, citizen, id) DO UPDATE SET at = CASE WHEN excluded.at > deletion.at THEN excluded.at ELSE deletion.at END
