DELETE FROM notice_letter WHERE notice = $1
