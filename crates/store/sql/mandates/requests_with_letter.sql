SELECT id, requester, target, addressee, named, items, last_day, by_letter, sent_at, answer_by,
       state, state_at, reason, mandate, evidence
FROM mandate_request
WHERE state = 'waiting' AND by_letter = 1 AND (sent_at, id) > ($1, $2) AND sent_at <= $3 AND answer_by > $4
ORDER BY sent_at, id LIMIT $5
