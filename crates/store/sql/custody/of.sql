SELECT child, from_on, last_on, withheld, asked_at FROM custody WHERE holder = $1 ORDER BY child
