UPDATE record_source
SET deleted_at = CASE WHEN deleted_at > CAST($5 AS BIGINT) THEN deleted_at ELSE CAST($5 AS BIGINT) END
WHERE municipality = $1 AND sender = $2 AND type = $3 AND source_id = $4
