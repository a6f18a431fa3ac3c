SELECT municipality, package, from_on, last_on FROM package_activation ORDER BY municipality, package, from_on
