DELETE FROM evidence WHERE id = (SELECT evidence FROM mandate WHERE id = $1)
