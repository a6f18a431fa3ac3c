-- What is told to record systems, written in the transaction of the errand it tells of; applications for aids, and what
-- is asked about aids on loan.

-- municipal: one row for each; `number` counts those of one journal, which are sent in that order. `id` is the name
-- under which the record system knows it, the same on every try. `sealed` is the FHIR transaction under the journal's
-- key, until the record system has it. `next_at` is when somebody must do something: nothing when it is at rest; a
-- worker that takes it moves it ahead, so that it is taken again if the worker dies. `reason` is a code.
CREATE TABLE outgoing (
    municipality BIGINT NOT NULL,
    citizen BYTEA NOT NULL,
    number BIGINT NOT NULL,
    id BYTEA NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    attempts BIGINT NOT NULL,
    reason TEXT NOT NULL,
    at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    next_at BIGINT,
    sealed BYTEA,
    PRIMARY KEY (municipality, citizen, number)
);
CREATE INDEX outgoing_next ON outgoing (municipality, next_at) WHERE next_at IS NOT NULL;
CREATE INDEX outgoing_first ON outgoing (municipality, citizen, number) WHERE next_at IS NOT NULL;
CREATE INDEX outgoing_dead ON outgoing (state, changed_at) WHERE state = 'given_up';

-- municipal: every try, every answer and every hand on it. `why` is a code, never a text of the record system.
CREATE TABLE outgoing_step (
    municipality BIGINT NOT NULL,
    citizen BYTEA NOT NULL,
    outgoing BYTEA NOT NULL,
    number BIGINT NOT NULL,
    at BIGINT NOT NULL,
    event TEXT NOT NULL,
    why TEXT NOT NULL,
    PRIMARY KEY (municipality, citizen, outgoing, number)
);

-- municipal: an application that is being written, for its writer alone; sealed under the journal's key, swept when nobody
-- touches it. Its id is the application it will be.
CREATE TABLE aid_draft (
    municipality BIGINT NOT NULL,
    citizen BYTEA NOT NULL,
    writer BYTEA NOT NULL,
    id BYTEA NOT NULL,
    sealed BYTEA NOT NULL,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (municipality, citizen, writer, id)
) --sqlite:WITHOUT ROWID
;
CREATE INDEX aid_draft_changed ON aid_draft (changed_at);

-- municipal: an application that was sent, as it was sent, under the name by which the record system knows it; and the
-- name of what told that it was taken back.
CREATE TABLE aid_application (
    municipality BIGINT NOT NULL,
    citizen BYTEA NOT NULL,
    id BYTEA NOT NULL,
    sent_at BIGINT NOT NULL,
    withdrawal BYTEA,
    sealed BYTEA NOT NULL,
    PRIMARY KEY (municipality, citizen, id)
) --sqlite:WITHOUT ROWID
;

-- municipal: what was asked about an aid on loan, under the name by which the record system knows it. `loan` is the item
-- of the record; one of each kind may be open.
CREATE TABLE aid_ask (
    municipality BIGINT NOT NULL,
    citizen BYTEA NOT NULL,
    loan BYTEA NOT NULL,
    kind TEXT NOT NULL,
    id BYTEA NOT NULL,
    at BIGINT NOT NULL,
    sealed BYTEA NOT NULL,
    PRIMARY KEY (municipality, citizen, loan, kind, id)
) --sqlite:WITHOUT ROWID
;
