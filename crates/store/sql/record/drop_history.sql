DELETE FROM record_history WHERE municipality = $1 AND citizen = $2 AND id = $3
