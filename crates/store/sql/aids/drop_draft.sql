DELETE FROM aid_draft WHERE municipality = $1 AND citizen = $2 AND writer = $3 AND id = $4
