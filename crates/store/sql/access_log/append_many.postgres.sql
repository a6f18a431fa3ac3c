INSERT INTO access_log_new (municipality, citizen, id, at, actor, line, salt, node)
SELECT line.*, CAST($8 AS TEXT)
FROM unnest(CAST($1 AS BIGINT[]), CAST($2 AS BYTEA[]), CAST($3 AS BYTEA[]), CAST($4 AS BIGINT[]),
            CAST($5 AS BYTEA[]), CAST($6 AS TEXT[]), CAST($7 AS BYTEA[])) AS line
