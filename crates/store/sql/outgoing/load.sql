SELECT municipality, citizen, kind, state, attempts, sealed FROM outgoing WHERE id = $1
