SELECT item, round, at, actor, note, undone_at, undone_by FROM visit_cancellation
WHERE municipality = $1 AND citizen = $2 ORDER BY item, round
