SELECT chain FROM log_batch WHERE node = $1 AND number = $2
