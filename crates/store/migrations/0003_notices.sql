-- Notices: messages to people on their way by Digital Post or by letter, written in the transaction of the
-- errand they tell of.

-- shared: one row a message. `message` is the messageUUID, made once, the same on every try. `sealed` holds what
-- the text may repeat and the code of a letter. `next_at` is when somebody must do something: nothing when the
-- message is at rest; a worker that takes it moves it ahead, so that it is taken again if the worker dies.
CREATE TABLE notice (
    id BYTEA NOT NULL PRIMARY KEY,
    message BYTEA NOT NULL UNIQUE,
    recipient BYTEA NOT NULL,
    kind TEXT NOT NULL,
    request BYTEA,
    mandate BYTEA,
    state TEXT NOT NULL,
    attempts BIGINT NOT NULL,
    letter_apart BIGINT NOT NULL,
    at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    next_at BIGINT,
    sealed BYTEA NOT NULL
);
CREATE INDEX notice_next ON notice (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX notice_told ON notice (recipient, kind);
CREATE INDEX notice_dead ON notice (state) WHERE state IN ('given_up', 'letter_given_up', 'accepted');
CREATE INDEX notice_changed ON notice (changed_at);

-- shared: every try, every receipt and every hand on a message. `why` is a code, never a text of a partner.
CREATE TABLE notice_step (
    notice BYTEA NOT NULL,
    number BIGINT NOT NULL,
    at BIGINT NOT NULL,
    event TEXT NOT NULL,
    why TEXT NOT NULL,
    PRIMARY KEY (notice, number)
);

-- shared: letters that lie or lay in the print spool, found again by the keyed hash of the code on the return page.
CREATE TABLE notice_letter (
    notice BYTEA NOT NULL PRIMARY KEY,
    code_hash BYTEA NOT NULL UNIQUE,
    pages BIGINT NOT NULL,
    sha256 BYTEA NOT NULL,
    spooled_at BIGINT NOT NULL
);
