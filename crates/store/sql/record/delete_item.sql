DELETE FROM record_item WHERE municipality = $1 AND citizen = $2 AND id = $3
