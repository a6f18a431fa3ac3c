SELECT DISTINCT review_by, mandate FROM mandate_item
WHERE status = 'suspended' AND review_by IS NOT NULL AND until_at > $1
ORDER BY review_by, mandate LIMIT $2
