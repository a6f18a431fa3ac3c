SELECT id, requester, target, addressee, named, items, last_day, by_letter, sent_at, answer_by,
       state, state_at, reason, mandate, evidence
FROM mandate_request WHERE requester = $1
ORDER BY CASE WHEN state = 'to_register' OR state = 'waiting' AND answer_by > $2 THEN 0 ELSE 1 END, sent_at DESC, id DESC
LIMIT $3
