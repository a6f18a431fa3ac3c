-- shared: lines of the access log that no batch holds yet, in the order they came. They are written at the end of one
-- short table, whomever they are about, so that a commit touches few pages; the sealer moves them to `access_log`.
CREATE TABLE access_log_new (
    node TEXT NOT NULL,
    id BYTEA NOT NULL,
    municipality BIGINT NOT NULL,
    citizen BYTEA NOT NULL,
    at BIGINT NOT NULL,
    actor BYTEA NOT NULL,
    line TEXT NOT NULL,
    salt BYTEA NOT NULL,
    PRIMARY KEY (node, id)
) --sqlite:WITHOUT ROWID
;
INSERT INTO access_log_new (node, id, municipality, citizen, at, actor, line, salt)
SELECT node, id, municipality, citizen, at, actor, line, salt FROM access_log WHERE batch IS NULL;
DELETE FROM access_log WHERE batch IS NULL;
DROP INDEX access_log_unsealed;
