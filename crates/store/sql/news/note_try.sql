UPDATE mail_code SET tries = tries + 1 WHERE person = $1
