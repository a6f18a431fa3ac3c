-- Digital Fuldmagt: drafts, requests, evidence, the chain of events, and the catalogue of packages.

-- shared: answers on their way to a request or a mandate; sealed, for its writer alone, swept after a week.
CREATE TABLE mandate_draft (
    id BYTEA NOT NULL PRIMARY KEY,
    person BYTEA NOT NULL,
    kind TEXT NOT NULL,
    sealed BYTEA NOT NULL,
    changed_at BIGINT NOT NULL
);
CREATE INDEX mandate_draft_person ON mandate_draft (person);
CREATE INDEX mandate_draft_changed ON mandate_draft (changed_at);

-- shared: a request. `named` is the other person as typed, sealed; `addressee` a keyed hash of it, the same whether
-- or not anybody was found. `items` are the versions asked for, sorted, sixteen bytes each.
CREATE TABLE mandate_request (
    id BYTEA NOT NULL PRIMARY KEY,
    requester BYTEA NOT NULL,
    target BYTEA,
    addressee BYTEA NOT NULL,
    named BYTEA NOT NULL,
    items BYTEA NOT NULL,
    last_day TEXT NOT NULL,
    by_letter BIGINT NOT NULL,
    sent_at BIGINT NOT NULL,
    answer_by BIGINT NOT NULL,
    state TEXT NOT NULL,
    state_at BIGINT,
    reason TEXT,
    mandate BYTEA,
    evidence BYTEA NOT NULL
);
CREATE INDEX mandate_request_requester ON mandate_request (requester, sent_at);
CREATE INDEX mandate_request_target ON mandate_request (target, state);
CREATE INDEX mandate_request_answer_by ON mandate_request (answer_by) WHERE state = 'waiting';
CREATE INDEX mandate_request_letter ON mandate_request (sent_at, id) WHERE state = 'waiting' AND by_letter = 1;
-- One open request for the same to the same: by what was typed, and by who was found.
CREATE UNIQUE INDEX mandate_request_once ON mandate_request (requester, addressee, items) WHERE state = 'waiting';
CREATE UNIQUE INDEX mandate_request_once_found ON mandate_request (requester, target, items)
    WHERE state = 'waiting' AND target IS NOT NULL;

-- shared: what a signer was shown, byte for byte, sealed; or what is known of a signed paper.
CREATE TABLE evidence (
    id BYTEA NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    sealed BYTEA NOT NULL,
    sha256 BYTEA NOT NULL,
    signer BYTEA NOT NULL,
    level TEXT NOT NULL,
    authenticated_at BIGINT NOT NULL,
    session BYTEA,
    at BIGINT NOT NULL
);

-- What was signed as days, how it was signed and what it answered. Nothing in rows from before this migration.
-- `addressee` is a keyed hash of whom a giver named, the same whether or not anybody was found.
ALTER TABLE mandate ADD COLUMN first_day TEXT;
ALTER TABLE mandate ADD COLUMN last_day TEXT;
ALTER TABLE mandate ADD COLUMN evidence BYTEA;
ALTER TABLE mandate ADD COLUMN request BYTEA;
ALTER TABLE mandate ADD COLUMN named BYTEA;
ALTER TABLE mandate ADD COLUMN addressee BYTEA;
CREATE INDEX mandate_holder ON mandate (holder);
CREATE INDEX mandate_supersedes ON mandate (supersedes) WHERE supersedes IS NOT NULL;

-- shared: people of whom an authority doubts that they understand what a mandate is. They sign none until it is over.
CREATE TABLE mandate_doubt (
    person BYTEA NOT NULL PRIMARY KEY,
    since BIGINT NOT NULL
);

-- The version that was signed. `privileges` is what its map says today: compiled, and rebuilt with every map.
ALTER TABLE mandate_item ADD COLUMN package BYTEA;
ALTER TABLE mandate_item ADD COLUMN package_version BYTEA;
CREATE INDEX mandate_item_version ON mandate_item (package_version) WHERE package_version IS NOT NULL;
CREATE INDEX mandate_item_until ON mandate_item (until_at, mandate) WHERE status = 'running';

-- The chain: `hash` covers the hash before it and `commitment`, which covers `salt`, `actor`, `item` and `detail`.
-- When a person is forgotten these four go, and the chain still holds. Requests have their events here, too, under
-- their own id.
ALTER TABLE mandate_event ADD COLUMN item BYTEA;
ALTER TABLE mandate_event ADD COLUMN detail TEXT;
ALTER TABLE mandate_event ADD COLUMN salt BYTEA;
ALTER TABLE mandate_event ADD COLUMN commitment BYTEA;
ALTER TABLE mandate_event ADD COLUMN hash BYTEA;

-- shared: a package, whatever its version.
CREATE TABLE package (
    id BYTEA NOT NULL PRIMARY KEY,
    code TEXT NOT NULL UNIQUE
);

-- shared: a version of a package as published. Never changed but for its last day.
CREATE TABLE package_version (
    id BYTEA NOT NULL PRIMARY KEY,
    package BYTEA NOT NULL,
    number BIGINT NOT NULL,
    title_da TEXT NOT NULL,
    title_en TEXT NOT NULL,
    says_da TEXT NOT NULL,
    says_en TEXT NOT NULL,
    subject TEXT NOT NULL,
    access TEXT NOT NULL,
    channel TEXT NOT NULL,
    kle TEXT NOT NULL,
    publisher TEXT NOT NULL,
    least_giver_age BIGINT NOT NULL,
    usual_days BIGINT NOT NULL,
    longest_days BIGINT NOT NULL,
    holder_kinds TEXT NOT NULL,
    from_on TEXT NOT NULL,
    last_on TEXT,
    UNIQUE (package, number)
);

-- shared: what a version opens in a vendor's system. A change of vendor changes this table alone.
CREATE TABLE package_privilege (
    package_version BYTEA NOT NULL,
    service TEXT NOT NULL,
    privilege TEXT NOT NULL,
    PRIMARY KEY (package_version, service, privilege)
);

-- municipal: which packages a municipality uses, from when to when.
CREATE TABLE package_activation (
    municipality BIGINT NOT NULL,
    package BYTEA NOT NULL,
    from_on TEXT NOT NULL,
    last_on TEXT,
    PRIMARY KEY (municipality, package, from_on)
);
