DELETE FROM mail_address WHERE person = $1
