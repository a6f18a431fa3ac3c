SELECT request, mandate FROM notice WHERE recipient = $1 AND kind = $2
