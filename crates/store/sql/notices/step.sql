INSERT INTO notice_step (notice, number, at, event, why)
SELECT $1, count(*) + 1, $2, $3, $4 FROM notice_step WHERE notice = $1
