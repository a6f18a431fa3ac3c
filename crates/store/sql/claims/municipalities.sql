SELECT municipality FROM journal WHERE citizen = $1 ORDER BY municipality
