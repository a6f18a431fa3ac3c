SELECT l.notice, n.request, n.mandate, l.pages, l.sha256, l.spooled_at, n.kind
FROM notice_letter l JOIN notice n ON n.id = l.notice WHERE l.code_hash = $1
