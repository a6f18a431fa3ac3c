INSERT INTO aid_ask (municipality, citizen, loan, kind, id, at, sealed) VALUES ($1, $2, $3, $4, $5, $6, $7)
