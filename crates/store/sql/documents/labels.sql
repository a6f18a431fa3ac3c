SELECT sort_at, id, class, area, dated, received_at, audience, withheld, sensitive, visible_from, sender, version FROM record_item
WHERE municipality = $1 AND citizen = $2 AND kind = 'documents' AND sort_at BETWEEN $3 AND $4
ORDER BY sort_at DESC, id DESC
