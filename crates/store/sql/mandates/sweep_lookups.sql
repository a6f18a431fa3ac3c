DELETE FROM mandate_lookup WHERE at < $1
