SELECT b.node, b.number, b.chain FROM log_batch b
WHERE b.node <> $1 AND b.number = (SELECT max(o.number) FROM log_batch o WHERE o.node = b.node)
ORDER BY b.node
