INSERT INTO read_mark (municipality, citizen, reader, kind, sort_at, id, at)
SELECT mark.* FROM unnest(CAST($1 AS BIGINT[]), CAST($2 AS BYTEA[]), CAST($3 AS BYTEA[]), CAST($4 AS TEXT[]),
            CAST($5 AS BIGINT[]), CAST($6 AS BYTEA[]), CAST($7 AS BIGINT[])) AS mark
ON CONFLICT (municipality, citizen, reader, kind, sort_at, id) DO NOTHING
