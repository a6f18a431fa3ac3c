SELECT count(*), min(changed_at) FROM notice WHERE state = $1
