WITH RECURSIVE nodes (node) AS (
    SELECT min(node) FROM mandate_event WHERE node IS NOT NULL
    UNION ALL
    SELECT (SELECT min(e.node) FROM mandate_event e WHERE e.node > nodes.node) FROM nodes WHERE nodes.node IS NOT NULL
)
SELECT count(*), min(at) FROM nodes JOIN mandate_event m ON m.node = nodes.node AND m.batch IS NULL AND ($1 = '' OR m.node = $1)
