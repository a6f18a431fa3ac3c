DELETE FROM news_wish WHERE person = $1 AND channel = 'mail'
