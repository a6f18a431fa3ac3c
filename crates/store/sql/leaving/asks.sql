SELECT loan, kind, id, at, sealed FROM aid_ask
WHERE municipality = $1 AND citizen = $2 ORDER BY loan, kind, id
