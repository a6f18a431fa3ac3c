SELECT node, number, at, lines, root, chain, others, signature FROM log_batch
WHERE (node, number) > ($1, $2) ORDER BY node, number LIMIT 1
