SELECT origin, from_at, until_at FROM mandate_item WHERE holder = $1 AND giver = $2 AND mandate = $3 ORDER BY number
