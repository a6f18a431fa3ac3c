DELETE FROM news_wish WHERE (journal, person, channel) IN (
    SELECT n.journal, n.person, n.channel FROM journal j JOIN news_wish n ON n.journal = j.id
    WHERE j.municipality = $1 ORDER BY n.journal, n.person, n.channel LIMIT $2
)
