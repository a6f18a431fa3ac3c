DELETE FROM client_token WHERE ends_at < $1
