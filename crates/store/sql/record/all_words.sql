SELECT word FROM record_word WHERE municipality = $1 AND citizen = $2 ORDER BY sender, patient
