SELECT id, named FROM mandate WHERE giver = $1 AND named IS NOT NULL
