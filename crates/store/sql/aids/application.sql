SELECT id, sent_at, sealed, withdrawal FROM aid_application WHERE municipality = $1 AND citizen = $2 AND id = $3
