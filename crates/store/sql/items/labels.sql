SELECT sort_at, id, class, area, dated, received_at, audience, withheld, sensitive, visible_from, sender, version, state FROM record_item
WHERE municipality = $1 AND citizen = $2 AND kind = $3
ORDER BY sort_at DESC, id DESC
