SELECT answer FROM errand WHERE id = $1
