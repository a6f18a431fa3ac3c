DELETE FROM visit_cancellation WHERE municipality = $1 AND (citizen, item, round) IN (
    SELECT citizen, item, round FROM visit_cancellation WHERE municipality = $1 ORDER BY citizen, item, round LIMIT $2
)
