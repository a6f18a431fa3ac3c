UPDATE outgoing SET next_at = $1
WHERE id IN (
    SELECT o.id FROM outgoing o
    WHERE o.municipality = $2 AND o.next_at <= $3 AND NOT EXISTS (
        SELECT 1 FROM outgoing e
        WHERE e.municipality = o.municipality AND e.citizen = o.citizen AND e.number < o.number
            AND e.next_at IS NOT NULL)
    ORDER BY o.next_at LIMIT $4)
RETURNING id
