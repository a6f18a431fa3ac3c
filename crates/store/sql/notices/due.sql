SELECT count(*) FROM notice WHERE next_at <= $1
