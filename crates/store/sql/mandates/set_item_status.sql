UPDATE mandate_item SET status = $5, status_at = $6, reason = $7, review_by = $8, successor_from = $9
WHERE holder = $1 AND giver = $2 AND mandate = $3 AND number = $4
