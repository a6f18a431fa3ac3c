SELECT municipality, citizen, id, at, reason FROM deletion ORDER BY at, municipality, citizen, id
