SELECT count(*) FROM outgoing WHERE municipality = $1 AND next_at <= $2
