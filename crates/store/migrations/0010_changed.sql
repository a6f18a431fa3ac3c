-- municipal: a number that is another one after every change to the items of a journal, and no number of an earlier state: it is
-- random, so that also a database that was brought back never repeats one. What was read under a number holds as long as it stands.
ALTER TABLE journal ADD COLUMN changed BIGINT NOT NULL DEFAULT 0;
