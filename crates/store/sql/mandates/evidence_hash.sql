SELECT sha256, veiled FROM evidence WHERE id = $1
