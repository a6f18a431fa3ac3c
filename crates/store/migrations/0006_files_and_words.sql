-- Files that a record system delivers on their own, and how far its word about a person goes.

-- municipal: the newest content of such a file, once for each citizen one of whose documents names it, sealed under
-- that journal's key. `citizen` of sixteen zero bytes: nobody's document names it yet, and it waits under a key of
-- the municipality. `version` is that of its row in record_source: what is older counts for nothing. `words` are
-- sealed. `unnamed_since`: when it was first seen that no document names it.
CREATE TABLE record_binary (
    municipality BIGINT NOT NULL,
    sender TEXT NOT NULL,
    source_id TEXT NOT NULL,
    citizen BYTEA NOT NULL,
    version BIGINT NOT NULL,
    address TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size BIGINT NOT NULL,
    words BYTEA NOT NULL,
    unnamed_since BIGINT,
    PRIMARY KEY (municipality, sender, source_id, citizen)
);
CREATE INDEX record_binary_address ON record_binary (address);

-- shared: contents outside the database that a row has stopped to name. A second look decides.
CREATE TABLE file_unnamed (
    address TEXT NOT NULL PRIMARY KEY,
    since BIGINT NOT NULL
);

-- shared: which municipality's record system filled in name and birth date of a person whom no log-in and no register
-- has named yet. Only that one may correct it; the row goes when somebody better has spoken.
CREATE TABLE person_filled (
    person BYTEA NOT NULL PRIMARY KEY,
    municipality BIGINT NOT NULL
);

-- shared: a record system says that one number became another, and the portal does not take its word for it: the two
-- persons stay apart until people have decided.
CREATE TABLE number_claim (
    old_person BYTEA NOT NULL,
    new_hash BYTEA NOT NULL,
    municipality BIGINT NOT NULL,
    sender TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (old_person, new_hash)
);
CREATE INDEX journal_citizen ON journal (citizen);
