-- municipal: visits that were called off here: one row for each time, so that calling off, thinking better of it and calling
-- off again are three things. The primary key lets nobody call off twice at once. What the record system made of it stands
-- in the row of `outgoing` that told it. `note` is sealed.
CREATE TABLE visit_cancellation (
    municipality BIGINT NOT NULL,
    citizen BYTEA NOT NULL,
    item BYTEA NOT NULL,
    round BIGINT NOT NULL,
    at BIGINT NOT NULL,
    actor BYTEA NOT NULL,
    outgoing BYTEA NOT NULL,
    note BYTEA NOT NULL,
    undone_at BIGINT,
    undone_by BYTEA,
    undone_outgoing BYTEA,
    PRIMARY KEY (municipality, citizen, item, round)
);

-- municipal: addresses at which a calendar program reads visits without a log-in. The address itself is known to its reader
-- alone: the row has its hash. Whether the reader may still read is asked anew each time.
CREATE TABLE calendar_feed (
    address_hash BYTEA NOT NULL PRIMARY KEY,
    id BYTEA NOT NULL,
    municipality BIGINT NOT NULL,
    journal BYTEA NOT NULL,
    reader BYTEA NOT NULL,
    role TEXT NOT NULL,
    level TEXT NOT NULL,
    words BIGINT NOT NULL,
    language TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    read_on BIGINT
);
CREATE UNIQUE INDEX calendar_feed_of ON calendar_feed (journal, reader, id);
