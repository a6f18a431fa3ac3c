SELECT COUNT(DISTINCT mandate) AS missed FROM mandate_item
WHERE status = 'suspended' AND review_by <= $1 AND until_at > $1
