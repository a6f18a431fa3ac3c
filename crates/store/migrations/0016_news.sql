-- News: the e-mail address somebody has confirmed, what they want to be told of, and what they are told.

-- shared: the address is sealed. `refused_at` is when its mail server said that there is no such address: nothing more goes
-- there.
CREATE TABLE mail_address (
    person BYTEA NOT NULL PRIMARY KEY,
    sealed BYTEA NOT NULL,
    confirmed_at BIGINT NOT NULL,
    refused_at BIGINT
);

-- shared: an address that waits for its code, sealed together with the code; nothing when the code was used. `asked` counts
-- the codes of one day, which began at `since`.
CREATE TABLE mail_code (
    person BYTEA NOT NULL PRIMARY KEY,
    sealed BYTEA,
    at BIGINT NOT NULL,
    tries BIGINT NOT NULL,
    asked BIGINT NOT NULL,
    since BIGINT NOT NULL
);

-- shared: who wants to be told when there is something new in which journal, and how. It is no right: whether they may know
-- is asked anew each time.
CREATE TABLE news_wish (
    journal BYTEA NOT NULL,
    person BYTEA NOT NULL,
    channel TEXT NOT NULL,
    PRIMARY KEY (journal, person, channel)
);
CREATE INDEX news_wish_person ON news_wish (person);

-- shared: an item that is new in a journal of which somebody wants to hear, written in the errand that kept it; gone when it
-- has been looked at. `due_at` is when it may be seen by whom it is for.
CREATE TABLE news (
    journal BYTEA NOT NULL,
    item BYTEA NOT NULL,
    due_at BIGINT NOT NULL,
    PRIMARY KEY (journal, item)
);
CREATE INDEX news_due ON news (due_at);

-- shared: the last notice of each kind to a person, on its way or at rest; forgotten when they log in. `id` is the name under
-- which it is sent, the same on every try. `next_at` is when somebody must do something: nothing when it is at rest; a worker
-- that takes it moves it ahead, so that it is taken again if the worker dies. `why` is a code.
CREATE TABLE news_alert (
    person BYTEA NOT NULL,
    kind TEXT NOT NULL,
    id BYTEA NOT NULL UNIQUE,
    state TEXT NOT NULL,
    attempts BIGINT NOT NULL,
    why TEXT NOT NULL,
    changed_at BIGINT NOT NULL,
    next_at BIGINT,
    PRIMARY KEY (person, kind)
);
CREATE INDEX news_alert_next ON news_alert (next_at) WHERE next_at IS NOT NULL;
