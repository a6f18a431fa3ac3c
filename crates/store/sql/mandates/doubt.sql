SELECT since FROM mandate_doubt WHERE person = $1
