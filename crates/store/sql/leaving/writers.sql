SELECT message, writer FROM message_writer WHERE municipality = $1 AND citizen = $2 ORDER BY message
