DELETE FROM client_assertion WHERE ends_at < $1
