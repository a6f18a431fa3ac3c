SELECT place FROM mandate_lookup WHERE municipality = $1 AND day = $2 AND place = $3
