SELECT id, sealed, deceased_on, protected FROM person WHERE id IN (SELECT giver FROM mandate WHERE holder = $1)
