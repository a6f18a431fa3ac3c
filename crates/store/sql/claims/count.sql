SELECT COUNT(*) FROM number_claim
