UPDATE mandate_item SET holder = $4 WHERE holder = $1 AND giver = $2 AND mandate = $3
