SELECT municipality, count(*) FROM journal GROUP BY municipality ORDER BY municipality
