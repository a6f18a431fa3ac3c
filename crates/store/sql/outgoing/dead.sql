SELECT count(*) FROM outgoing WHERE state = 'given_up'
