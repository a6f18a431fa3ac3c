UPDATE mandate_item SET status = $2, status_at = $3, reason = $4, review_by = $5, successor_from = $6
WHERE (holder, giver) = (SELECT holder, giver FROM mandate WHERE id = $1) AND mandate = $1
  AND status IN ('running', 'suspended')
