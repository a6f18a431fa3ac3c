SELECT content_hash, answer FROM delivery WHERE municipality = $1 AND sender = $2 AND key_hash = $3
