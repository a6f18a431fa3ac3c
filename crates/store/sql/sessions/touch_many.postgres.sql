UPDATE session SET seen_at = seen.at
FROM unnest(CAST($1 AS BYTEA[]), CAST($2 AS BIGINT[])) AS seen (token_hash, at)
WHERE session.token_hash = seen.token_hash AND session.seen_at < seen.at
