SELECT sort_at, id, version, words FROM record_search
WHERE municipality = $1 AND citizen = $2 AND kind = 'documents' AND sort_at >= $3
ORDER BY sort_at DESC, id DESC
