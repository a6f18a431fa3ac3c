SELECT sort_at, id, class, area, dated, received_at, audience, withheld, sensitive, visible_from, sender, version, head FROM record_item
WHERE municipality = $1 AND citizen = $2 AND kind = 'documents'
  AND (sort_at, id) > ($3, $4) AND sort_at >= $5
ORDER BY sort_at, id LIMIT $6
