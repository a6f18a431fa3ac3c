DELETE FROM news WHERE due_at < $1
