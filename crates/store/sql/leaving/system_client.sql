DELETE FROM system_client WHERE id IN (SELECT id FROM system_client WHERE municipality = $1 ORDER BY id LIMIT $2)
