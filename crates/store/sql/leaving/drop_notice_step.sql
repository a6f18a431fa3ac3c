DELETE FROM notice_step WHERE notice = $1
