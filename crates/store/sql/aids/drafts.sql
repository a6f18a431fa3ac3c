SELECT id, sealed, changed_at FROM aid_draft WHERE municipality = $1 AND citizen = $2 AND writer = $3
ORDER BY changed_at DESC, id
