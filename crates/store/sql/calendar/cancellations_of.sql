SELECT item, round, at, actor, outgoing, note, undone_at, undone_by, undone_outgoing FROM visit_cancellation
WHERE municipality = $1 AND citizen = $2 AND item = $3 ORDER BY item, round
