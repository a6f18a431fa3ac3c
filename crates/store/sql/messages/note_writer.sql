INSERT INTO message_writer (municipality, citizen, message, writer) VALUES ($1, $2, $3, $4)
