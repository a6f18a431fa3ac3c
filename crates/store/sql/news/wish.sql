INSERT INTO news_wish (journal, person, channel) VALUES ($1, $2, $3) ON CONFLICT (journal, person, channel) DO NOTHING
