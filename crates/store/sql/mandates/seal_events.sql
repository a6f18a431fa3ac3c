UPDATE mandate_event SET batch = $2
WHERE node = $1 AND batch IS NULL AND (mandate, number) <= ($3, $4)
