DELETE FROM news WHERE journal = $1 AND due_at <= $2 RETURNING item
