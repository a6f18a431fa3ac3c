DELETE FROM package_privilege WHERE package_version = $1
