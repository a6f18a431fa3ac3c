SELECT person FROM person_number WHERE cpr_hash = $1
