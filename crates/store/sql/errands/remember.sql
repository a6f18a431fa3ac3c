INSERT INTO errand (id, at, answer) VALUES ($1, $2, $3)
