UPDATE package_version SET last_on = $2 WHERE id = $1
