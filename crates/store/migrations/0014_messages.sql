-- Messages that are being written, files that somebody sends along, and who wrote what was sent.

-- municipal: a message that is being written, for its writer alone; sealed under the journal's key, swept when nobody
-- touches it. Its id is the message it will be.
CREATE TABLE message_draft (
    municipality BIGINT NOT NULL,
    citizen BYTEA NOT NULL,
    writer BYTEA NOT NULL,
    id BYTEA NOT NULL,
    sealed BYTEA NOT NULL,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (municipality, citizen, writer, id)
) --sqlite:WITHOUT ROWID
;
CREATE INDEX message_draft_changed ON message_draft (changed_at);

-- municipal: files of something that is being written, by its id. The name is sealed; the content lies sealed outside
-- the database, under `address`. When it is sent they become files of the item.
CREATE TABLE attachment (
    municipality BIGINT NOT NULL,
    citizen BYTEA NOT NULL,
    owner BYTEA NOT NULL,
    number BIGINT NOT NULL,
    name BYTEA NOT NULL,
    address TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size BIGINT NOT NULL,
    PRIMARY KEY (municipality, citizen, owner, number)
) --sqlite:WITHOUT ROWID
;
CREATE INDEX attachment_address ON attachment (address);

-- municipal: who wrote a message that was sent from here, so that whoever wrote is told of an answer.
CREATE TABLE message_writer (
    municipality BIGINT NOT NULL,
    citizen BYTEA NOT NULL,
    message BYTEA NOT NULL,
    writer BYTEA NOT NULL,
    PRIMARY KEY (municipality, citizen, message)
) --sqlite:WITHOUT ROWID
;
