DELETE FROM package_activation WHERE municipality = $1 AND (package, from_on) IN (
    SELECT package, from_on FROM package_activation WHERE municipality = $1 ORDER BY package, from_on LIMIT $2
)
