DELETE FROM mandate_request WHERE id = $1
