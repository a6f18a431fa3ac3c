UPDATE mandate_request SET state = $2, state_at = $3, reason = $4, mandate = $5,
    answer_by = COALESCE($6, answer_by), target = COALESCE($7, target)
WHERE id = $1
