SELECT id FROM (
    SELECT id FROM (SELECT DISTINCT mandate AS id FROM mandate_event WHERE mandate > $1 ORDER BY id LIMIT $2) AS e
    UNION
    SELECT id FROM (SELECT id FROM mandate WHERE id > $1 ORDER BY id LIMIT $2) AS m
    UNION
    SELECT id FROM (SELECT id FROM mandate_request WHERE id > $1 ORDER BY id LIMIT $2) AS r
) AS s ORDER BY id LIMIT $2
