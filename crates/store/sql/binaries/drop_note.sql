DELETE FROM file_unnamed WHERE address = $1
