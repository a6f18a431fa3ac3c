-- What is told to record systems, written in the transaction of the errand it tells of.

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
