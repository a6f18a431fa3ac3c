SELECT number, at, event, actor, item, detail, salt, commitment, hash
FROM mandate_event WHERE mandate = $1 ORDER BY number
