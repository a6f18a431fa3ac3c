SELECT type, source_id FROM record_source WHERE municipality = $1 AND citizen = $2 AND item = $3
