DELETE FROM attachment WHERE municipality = $1 AND citizen = $2 AND owner = $3 AND number = $4
