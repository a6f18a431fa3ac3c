SELECT journal, min(due_at) FROM news WHERE due_at <= $1 GROUP BY journal ORDER BY min(due_at), journal LIMIT $2
