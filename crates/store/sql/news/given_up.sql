SELECT count(*) FROM news_alert WHERE state = 'given_up'
