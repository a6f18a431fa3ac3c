SELECT municipality, citizen, state, attempts FROM outgoing WHERE id = $1
