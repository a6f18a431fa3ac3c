DELETE FROM news_wish WHERE journal = $1 AND person = $2
