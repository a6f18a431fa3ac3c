UPDATE record_source
SET stamp_rank = $4, deleted_at = CAST($5 AS BIGINT), stamp_at = CASE WHEN stamp_at > CAST($5 AS BIGINT) THEN stamp_at ELSE CAST($5 AS BIGINT) END
WHERE municipality = $1 AND citizen = $2 AND item = $3
