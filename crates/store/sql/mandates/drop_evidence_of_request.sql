DELETE FROM evidence WHERE id = (SELECT evidence FROM mandate_request WHERE id = $1)
