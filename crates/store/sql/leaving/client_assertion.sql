DELETE FROM client_assertion WHERE (client, jti_hash) IN (
    SELECT a.client, a.jti_hash FROM client_assertion a JOIN system_client c ON c.id = a.client
    WHERE c.municipality = $1 ORDER BY a.client, a.jti_hash LIMIT $2
)
