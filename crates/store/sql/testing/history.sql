SELECT municipality, citizen, id, version, body FROM record_history
