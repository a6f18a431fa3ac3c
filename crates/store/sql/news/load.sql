SELECT a.person, a.kind, a.state, a.attempts, p.id, p.sealed, p.deceased_on, p.protected
FROM news_alert a JOIN person p ON p.id = a.person WHERE a.id = $1
