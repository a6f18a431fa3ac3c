SELECT id FROM mandate WHERE supersedes = $1 ORDER BY signed_at DESC LIMIT 1
