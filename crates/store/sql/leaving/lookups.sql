SELECT id, municipality, client, giver, subject, access, channel, purpose, case_ref, answer, at, mandate, versions, day,
       place
FROM mandate_lookup WHERE municipality = $1 AND id > $2 ORDER BY id LIMIT $3
