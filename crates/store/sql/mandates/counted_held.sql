SELECT count(*) AS everything, CAST(coalesce(sum(alive), 0) AS BIGINT) AS alive FROM (
    SELECT max(CASE WHEN until_at > $2 AND (status = 'suspended'
        OR status = 'running' AND (successor_from IS NULL OR successor_from > $2)) THEN 1 ELSE 0 END) AS alive
    FROM mandate_item WHERE holder = $1 GROUP BY giver, mandate
) AS every
