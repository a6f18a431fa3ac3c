DELETE FROM errand WHERE at < $1
