DELETE FROM mail_code WHERE at < $1
