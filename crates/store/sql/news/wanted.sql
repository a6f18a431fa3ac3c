SELECT person, channel FROM news_wish WHERE journal = $1 ORDER BY person, channel
