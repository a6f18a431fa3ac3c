SELECT sealed, refused_at FROM mail_address WHERE person = $1
