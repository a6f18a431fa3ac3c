DELETE FROM news_alert WHERE next_at IS NULL AND changed_at < $1
