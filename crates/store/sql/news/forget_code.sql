UPDATE mail_code SET sealed = NULL WHERE person = $1
