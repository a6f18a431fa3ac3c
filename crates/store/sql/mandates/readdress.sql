UPDATE mandate SET holder = $2 WHERE id = $1
