UPDATE person_number SET person = $2, since = $3 WHERE cpr_hash = $1
