SELECT n.id, n.message, n.kind, n.state, n.attempts, n.at, n.changed_at,
       (SELECT s.why FROM notice_step s WHERE s.notice = n.id ORDER BY s.number DESC LIMIT 1)
FROM notice n WHERE n.state = $1 ORDER BY n.changed_at, n.id LIMIT $2
