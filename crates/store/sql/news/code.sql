SELECT sealed, at, tries, asked, since FROM mail_code WHERE person = $1
