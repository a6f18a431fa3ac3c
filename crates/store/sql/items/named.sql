SELECT item FROM record_source WHERE municipality = $1 AND sender = $2 AND type = $3 AND source_id = $4 AND citizen = $5
