SELECT count(*), min(at) FROM outgoing WHERE next_at IS NOT NULL
