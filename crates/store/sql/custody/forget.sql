DELETE FROM custody WHERE holder = $1
