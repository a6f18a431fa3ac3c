DELETE FROM record_binary WHERE municipality = $1 AND sender = $2 AND source_id = $3
