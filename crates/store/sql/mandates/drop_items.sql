DELETE FROM mandate_item
WHERE (holder, giver) = (SELECT holder, giver FROM mandate WHERE id = $1) AND mandate = $1
