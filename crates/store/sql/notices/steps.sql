SELECT at, event, why FROM notice_step WHERE notice = $1 ORDER BY number
