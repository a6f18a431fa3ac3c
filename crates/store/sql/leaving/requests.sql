SELECT id, requester, target, addressee, named, items, last_day, by_letter, sent_at, answer_by,
       state, state_at, reason, mandate, evidence
FROM mandate_request WHERE target = $1 ORDER BY sent_at, id
