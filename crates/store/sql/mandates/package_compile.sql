UPDATE mandate_item SET privileges = $2 WHERE package_version = $1 AND privileges <> $2
