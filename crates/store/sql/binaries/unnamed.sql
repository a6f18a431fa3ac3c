SELECT address FROM file_unnamed WHERE since <= $1 ORDER BY since, address LIMIT $2
