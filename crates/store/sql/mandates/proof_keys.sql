SELECT kid, jwk, sealed FROM proof_key ORDER BY made_at DESC, kid DESC
