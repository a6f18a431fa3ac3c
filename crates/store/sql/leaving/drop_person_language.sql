DELETE FROM person_language WHERE person = $1
