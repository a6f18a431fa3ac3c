SELECT id, municipality, client, giver, subject, access, channel, purpose, case_ref, answer, at, mandate, versions, day,
       place
FROM mandate_lookup WHERE giver = $1 ORDER BY at DESC, id DESC LIMIT $2
