SELECT id, sealed, deceased_on, protected FROM person WHERE id = $1
