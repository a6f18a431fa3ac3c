SELECT id FROM mandate_request AS r
WHERE sent_at < $1 AND state NOT IN ('waiting', 'to_register')
  AND NOT EXISTS (SELECT 1 FROM mandate AS m WHERE m.id = r.mandate)
ORDER BY sent_at LIMIT $2
