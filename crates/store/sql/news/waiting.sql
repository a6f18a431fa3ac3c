SELECT count(*), min(changed_at) FROM news_alert WHERE next_at IS NOT NULL
