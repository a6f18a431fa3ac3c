UPDATE mandate_request SET target = $2 WHERE target = $1 AND state IN ('waiting', 'to_register')
