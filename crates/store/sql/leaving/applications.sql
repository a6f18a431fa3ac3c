SELECT id, sent_at, withdrawal, sealed FROM aid_application
WHERE municipality = $1 AND citizen = $2 ORDER BY id
