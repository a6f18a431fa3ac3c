UPDATE visit_cancellation SET undone_at = $5, undone_by = $6, undone_outgoing = $7
WHERE municipality = $1 AND citizen = $2 AND item = $3 AND round = $4 AND undone_at IS NULL
