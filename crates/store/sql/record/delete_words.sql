DELETE FROM record_search WHERE municipality = $1 AND citizen = $2 AND id = $3
