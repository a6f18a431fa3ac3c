DELETE FROM person_number WHERE person = $1
