UPDATE message_draft SET sealed = $5, changed_at = $6
WHERE municipality = $1 AND citizen = $2 AND writer = $3 AND id = $4
