SELECT package_version, service, privilege FROM package_privilege ORDER BY package_version, service, privilege
