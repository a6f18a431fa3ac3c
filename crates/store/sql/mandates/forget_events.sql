UPDATE mandate_event SET actor = $2, item = NULL, detail = NULL, salt = NULL WHERE mandate = $1
