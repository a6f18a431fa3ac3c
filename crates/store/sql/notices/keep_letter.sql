INSERT INTO notice_letter (notice, code_hash, pages, sha256, spooled_at) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (notice) DO NOTHING
