DELETE FROM mandate_doubt WHERE person = $1
