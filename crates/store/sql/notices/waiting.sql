SELECT count(*), min(at) FROM notice WHERE next_at IS NOT NULL
