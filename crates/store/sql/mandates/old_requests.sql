SELECT id FROM mandate_request
WHERE sent_at < $1 AND state NOT IN ('waiting', 'to_register') ORDER BY sent_at LIMIT $2
