SELECT count(*) FROM news_alert WHERE next_at <= $1
