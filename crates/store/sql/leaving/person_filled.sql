DELETE FROM person_filled WHERE person IN (SELECT person FROM person_filled WHERE municipality = $1 ORDER BY person LIMIT $2)
