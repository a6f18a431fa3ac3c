INSERT INTO package_privilege (package_version, service, privilege) VALUES ($1, $2, $3)
