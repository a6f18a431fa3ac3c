INSERT INTO mandate_event (mandate, number, at, event, actor)
SELECT $1, count(*), CAST($2 AS BIGINT), CAST($3 AS TEXT), $4
FROM mandate_event WHERE mandate = $1
