SELECT id, sealed, deceased_on, protected FROM person WHERE id IN (SELECT holder FROM mandate WHERE giver = $1)
