SELECT state, attempts, letter_apart FROM notice WHERE id = $1
