DELETE FROM person_filled WHERE person = $1
