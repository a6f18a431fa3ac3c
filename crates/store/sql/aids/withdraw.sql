UPDATE aid_application SET withdrawal = $4
WHERE municipality = $1 AND citizen = $2 AND id = $3 AND withdrawal IS NULL
