DELETE FROM mandate WHERE id = $1
