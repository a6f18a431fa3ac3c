DELETE FROM visit_cancellation WHERE municipality = $1 AND citizen = $2 AND item = $3
