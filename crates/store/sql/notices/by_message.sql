SELECT id FROM notice WHERE message = $1
