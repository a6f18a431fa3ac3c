DELETE FROM record_binary WHERE unnamed_since <= $1
