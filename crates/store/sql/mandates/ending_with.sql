SELECT id FROM mandate WHERE substr(id, 12) = $1
UNION SELECT mandate FROM mandate_request WHERE substr(id, 12) = $1 AND mandate IS NOT NULL
