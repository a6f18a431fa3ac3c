SELECT j.id FROM journal j
WHERE j.municipality = $2 AND j.citizen IN (
    SELECT $1
    UNION SELECT giver FROM mandate_item WHERE holder = $1
    UNION SELECT child FROM custody WHERE holder = $1
    UNION SELECT ward FROM guardianship WHERE guardian = $1)
