SELECT journal, channel FROM news_wish WHERE person = $1 ORDER BY journal, channel
