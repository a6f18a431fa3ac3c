DELETE FROM news WHERE (journal, item) IN (
    SELECT n.journal, n.item FROM journal j JOIN news n ON n.journal = j.id
    WHERE j.municipality = $1 ORDER BY n.journal, n.item LIMIT $2
)
