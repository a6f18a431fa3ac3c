SELECT requester, target, addressee, items, last_day, answer_by, state, state_at
FROM mandate_request WHERE target = $1 AND state IN ('waiting', 'to_register') ORDER BY sent_at, id
