UPDATE mail_address SET refused_at = $2 WHERE person = $1
