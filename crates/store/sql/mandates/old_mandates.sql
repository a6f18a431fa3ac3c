SELECT DISTINCT mandate FROM mandate_item WHERE until_at < $1 LIMIT $2
