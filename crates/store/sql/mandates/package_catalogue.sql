SELECT v.id, v.package, p.code, v.number, v.title_da, v.title_en, v.says_da, v.says_en, v.subject, v.access, v.channel,
       v.kle, v.publisher, v.least_giver_age, v.usual_days, v.longest_days, v.holder_kinds, v.from_on, v.last_on
FROM package_version v JOIN package p ON p.id = v.package ORDER BY p.code, v.number
