SELECT id FROM notice WHERE next_at IS NOT NULL AND mandate = $1
