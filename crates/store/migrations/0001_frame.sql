-- The frame: people, journals, sessions, mandates, the record, the access log.
-- One text for both engines: TEXT, BIGINT, BYTEA. Instants are milliseconds (UTC), dates `YYYY-MM-DD`, ids
-- sixteen bytes. A line that begins with `--sqlite:` or `--postgres:` is read by that engine alone.
-- Tables are *shared* (one for the installation) or *municipal* (keyed by municipality first).

-- shared: a natural person. `sealed` holds CPR number, names and birth date.
CREATE TABLE person (
    id BYTEA NOT NULL PRIMARY KEY,
    sealed BYTEA NOT NULL,
    deceased_on TEXT,
    protected BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);

-- shared: every number a person has or had, by keyed hash.
CREATE TABLE person_number (
    cpr_hash BYTEA NOT NULL PRIMARY KEY,
    person BYTEA NOT NULL,
    since BIGINT NOT NULL
);

-- municipal: the journal view, municipality + citizen; its id stands in addresses.
CREATE TABLE journal (
    id BYTEA NOT NULL PRIMARY KEY,
    municipality BIGINT NOT NULL,
    citizen BYTEA NOT NULL,
    active BIGINT NOT NULL,
    inactive_since TEXT,
    opened_at BIGINT NOT NULL,
    UNIQUE (municipality, citizen)
);

-- municipal: the wrapped data key of a journal; deleting it deletes the content.
CREATE TABLE journal_key (
    municipality BIGINT NOT NULL,
    citizen BYTEA NOT NULL,
    wrapped BYTEA NOT NULL,
    made_at BIGINT NOT NULL,
    PRIMARY KEY (municipality, citizen)
);

-- shared: a signed-in browser. Only the hash of the cookie is kept.
CREATE TABLE session (
    token_hash BYTEA NOT NULL PRIMARY KEY,
    person BYTEA NOT NULL,
    role TEXT NOT NULL,
    municipality BIGINT NOT NULL,
    level TEXT NOT NULL,
    authenticated_at BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    csrf BYTEA NOT NULL
);
CREATE INDEX session_person ON session (person);
CREATE INDEX session_ends ON session (ends_at);

-- shared: a log-in under way, single use, bound to one browser.
CREATE TABLE login_attempt (
    state_hash BYTEA NOT NULL PRIMARY KEY,
    browser_hash BYTEA NOT NULL,
    secret TEXT NOT NULL,
    role TEXT NOT NULL,
    municipality BIGINT NOT NULL,
    back_to TEXT NOT NULL,
    stepping_up BYTEA,
    started_at BIGINT NOT NULL
);

-- shared: a signed mandate, one giver and one holder. Signed fields never change.
CREATE TABLE mandate (
    id BYTEA NOT NULL PRIMARY KEY,
    giver BYTEA NOT NULL,
    holder BYTEA NOT NULL,
    origin TEXT NOT NULL,
    signed_at BIGINT NOT NULL,
    supersedes BYTEA
);
CREATE INDEX mandate_giver ON mandate (giver);

-- shared: what a mandate gives, one row an item. Kept in the order of the hot question: what has this holder
-- from this giver? `territory` empty = every municipality. `status` is what happened; what it is worth now
-- is computed from it and the clock.
CREATE TABLE mandate_item (
    holder BYTEA NOT NULL,
    giver BYTEA NOT NULL,
    mandate BYTEA NOT NULL,
    number BIGINT NOT NULL,
    origin TEXT NOT NULL,
    privileges TEXT NOT NULL,
    channel TEXT NOT NULL,
    territory TEXT NOT NULL,
    from_at BIGINT NOT NULL,
    until_at BIGINT NOT NULL,
    status TEXT NOT NULL,
    status_at BIGINT,
    reason TEXT,
    review_by BIGINT,
    successor_from BIGINT,
    PRIMARY KEY (holder, giver, mandate, number)
) --sqlite:WITHOUT ROWID
;
CREATE INDEX mandate_item_giver ON mandate_item (giver, holder);

-- shared: every event of a mandate; the stage can be recomputed from these and the clock.
CREATE TABLE mandate_event (
    mandate BYTEA NOT NULL,
    number BIGINT NOT NULL,
    at BIGINT NOT NULL,
    event TEXT NOT NULL,
    actor BYTEA NOT NULL,
    PRIMARY KEY (mandate, number)
);

-- shared: custody as the register told it, short lived.
CREATE TABLE custody (
    holder BYTEA NOT NULL,
    child BYTEA NOT NULL,
    from_on TEXT,
    last_on TEXT,
    withheld BIGINT NOT NULL,
    asked_at BIGINT NOT NULL,
    PRIMARY KEY (holder, child)
);

-- shared: guardianship registered by staff with evidence.
CREATE TABLE guardianship (
    guardian BYTEA NOT NULL,
    ward BYTEA NOT NULL,
    scope TEXT NOT NULL,
    from_on TEXT NOT NULL,
    last_on TEXT,
    PRIMARY KEY (guardian, ward)
);

-- municipal: nobody whom this shuts out may see this journal now. `whom`: person, all_others, everybody.
CREATE TABLE block (
    municipality BIGINT NOT NULL,
    citizen BYTEA NOT NULL,
    from_at BIGINT NOT NULL,
    whom TEXT NOT NULL,
    person BYTEA NOT NULL,
    until_at BIGINT,
    PRIMARY KEY (municipality, citizen, from_at, whom, person)
);

-- municipal: the record, clustered as it is shown. `head` is what a list row needs, sealed.
CREATE TABLE record_item (
    municipality BIGINT NOT NULL,
    citizen BYTEA NOT NULL,
    kind TEXT NOT NULL,
    sort_at BIGINT NOT NULL,
    id BYTEA NOT NULL,
    class TEXT NOT NULL,
    area TEXT NOT NULL,
    dated BIGINT NOT NULL,
    received_at BIGINT NOT NULL,
    audience BIGINT,
    withheld BIGINT NOT NULL,
    sensitive TEXT NOT NULL,
    visible_from BIGINT,
    sender TEXT NOT NULL,
    state TEXT NOT NULL,
    version BIGINT NOT NULL,
    head BYTEA NOT NULL,
    PRIMARY KEY (municipality, citizen, kind, sort_at, id)
) --sqlite:WITHOUT ROWID
--postgres:PARTITION BY HASH (municipality)
;
--postgres:CREATE TABLE record_item_0 PARTITION OF record_item FOR VALUES WITH (MODULUS 4, REMAINDER 0);
--postgres:CREATE TABLE record_item_1 PARTITION OF record_item FOR VALUES WITH (MODULUS 4, REMAINDER 1);
--postgres:CREATE TABLE record_item_2 PARTITION OF record_item FOR VALUES WITH (MODULUS 4, REMAINDER 2);
--postgres:CREATE TABLE record_item_3 PARTITION OF record_item FOR VALUES WITH (MODULUS 4, REMAINDER 3);

-- municipal: where an item lies and the resource as it was received, sealed.
CREATE TABLE record_body (
    municipality BIGINT NOT NULL,
    citizen BYTEA NOT NULL,
    id BYTEA NOT NULL,
    kind TEXT NOT NULL,
    sort_at BIGINT NOT NULL,
    version BIGINT NOT NULL,
    body BYTEA NOT NULL,
    PRIMARY KEY (municipality, citizen, id)
);

-- municipal: one row for each thing the record system has told of, also the withdrawn and deleted ones:
-- this decides what is newer. `stamp_rank` breaks ties: withdrawn over ended over active. `deleted_at` is the
-- newest deletion by law, also after something newer has come: nothing of that time or before may be kept.
CREATE TABLE record_source (
    municipality BIGINT NOT NULL,
    sender TEXT NOT NULL,
    type TEXT NOT NULL,
    source_id TEXT NOT NULL,
    citizen BYTEA NOT NULL,
    item BYTEA NOT NULL,
    stamp_at BIGINT NOT NULL,
    stamp_rank BIGINT NOT NULL,
    content_hash BYTEA NOT NULL,
    version BIGINT NOT NULL,
    received_at BIGINT NOT NULL,
    deleted_at BIGINT,
    PRIMARY KEY (municipality, sender, type, source_id)
);
CREATE INDEX record_source_citizen ON record_source (municipality, citizen);

-- municipal: which things a document repeats: when one of them is withdrawn, it is taken out of the document.
CREATE TABLE record_part (
    municipality BIGINT NOT NULL,
    sender TEXT NOT NULL,
    type TEXT NOT NULL,
    source_id TEXT NOT NULL,
    part_type TEXT NOT NULL,
    part_id TEXT NOT NULL,
    PRIMARY KEY (municipality, sender, type, source_id, part_type, part_id)
);
CREATE INDEX record_part_of ON record_part (municipality, sender, part_type, part_id);

-- municipal: such a document as it came, with all its parts; sealed. `record_body` has what may be shown.
CREATE TABLE record_original (
    municipality BIGINT NOT NULL,
    citizen BYTEA NOT NULL,
    id BYTEA NOT NULL,
    version BIGINT NOT NULL,
    original BYTEA NOT NULL,
    PRIMARY KEY (municipality, citizen, id)
);

-- municipal: what each Patient resource said of person and journal, sealed; the newest word of each counts.
CREATE TABLE record_word (
    municipality BIGINT NOT NULL,
    citizen BYTEA NOT NULL,
    sender TEXT NOT NULL,
    patient TEXT NOT NULL,
    stamp_at BIGINT NOT NULL,
    stamp_rank BIGINT NOT NULL,
    content_hash BYTEA NOT NULL,
    word BYTEA NOT NULL,
    PRIMARY KEY (municipality, citizen, sender, patient)
);

-- municipal: earlier versions, for the audit; sealed like the body.
CREATE TABLE record_history (
    municipality BIGINT NOT NULL,
    citizen BYTEA NOT NULL,
    id BYTEA NOT NULL,
    version BIGINT NOT NULL,
    replaced_at BIGINT NOT NULL,
    body BYTEA NOT NULL,
    PRIMARY KEY (municipality, citizen, id, version)
);

-- municipal: folded and stemmed text, sealed; a search is one scan of one citizen.
CREATE TABLE record_search (
    municipality BIGINT NOT NULL,
    citizen BYTEA NOT NULL,
    kind TEXT NOT NULL,
    sort_at BIGINT NOT NULL,
    id BYTEA NOT NULL,
    version BIGINT NOT NULL,
    words BYTEA NOT NULL,
    PRIMARY KEY (municipality, citizen, kind, sort_at, id)
) --sqlite:WITHOUT ROWID
;

-- municipal: files of an item. The content lies sealed outside the database, under `address`.
CREATE TABLE record_file (
    municipality BIGINT NOT NULL,
    citizen BYTEA NOT NULL,
    id BYTEA NOT NULL,
    number BIGINT NOT NULL,
    address TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size BIGINT NOT NULL,
    PRIMARY KEY (municipality, citizen, id, number)
);
CREATE INDEX record_file_address ON record_file (address);

-- municipal: who has opened what, per reader: a helper's reading never clears the citizen's mark.
CREATE TABLE read_mark (
    municipality BIGINT NOT NULL,
    citizen BYTEA NOT NULL,
    reader BYTEA NOT NULL,
    kind TEXT NOT NULL,
    sort_at BIGINT NOT NULL,
    id BYTEA NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (municipality, citizen, reader, kind, sort_at, id)
) --sqlite:WITHOUT ROWID
;

-- municipal: what a sender delivered under which key, with the answer it got.
CREATE TABLE delivery (
    municipality BIGINT NOT NULL,
    sender TEXT NOT NULL,
    key_hash BYTEA NOT NULL,
    content_hash BYTEA NOT NULL,
    answer TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (municipality, sender, key_hash)
);

-- shared: a record system that may deliver, bound to one municipality.
CREATE TABLE system_client (
    id TEXT NOT NULL PRIMARY KEY,
    municipality BIGINT NOT NULL,
    jwks TEXT NOT NULL,
    added_at BIGINT NOT NULL
);

-- shared: assertions used once.
CREATE TABLE client_assertion (
    client TEXT NOT NULL,
    jti_hash BYTEA NOT NULL,
    ends_at BIGINT NOT NULL,
    PRIMARY KEY (client, jti_hash)
);
-- shared: every write has an errand id, so that nothing is done twice.
CREATE TABLE errand (
    id BYTEA NOT NULL PRIMARY KEY,
    at BIGINT NOT NULL,
    answer BYTEA NOT NULL
);
CREATE INDEX errand_at ON errand (at);

-- municipal: who did what, append only. The sealer fills `batch` and `position` once.
CREATE TABLE access_log (
    municipality BIGINT NOT NULL,
    citizen BYTEA NOT NULL,
    id BYTEA NOT NULL,
    at BIGINT NOT NULL,
    actor BYTEA NOT NULL,
    line TEXT NOT NULL,
    salt BYTEA NOT NULL,
    node TEXT NOT NULL,
    batch BIGINT,
    position BIGINT,
    PRIMARY KEY (municipality, citizen, id)
) --sqlite:WITHOUT ROWID
;
CREATE INDEX access_log_unsealed ON access_log (node, id) WHERE batch IS NULL;
CREATE INDEX access_log_batch ON access_log (node, batch, position) WHERE batch IS NOT NULL;

-- shared: batches of the log: a Merkle root each, chained and signed.
CREATE TABLE log_batch (
    node TEXT NOT NULL,
    number BIGINT NOT NULL,
    at BIGINT NOT NULL,
    lines BIGINT NOT NULL,
    root BYTEA NOT NULL,
    chain BYTEA NOT NULL,
    others TEXT NOT NULL,
    signature BYTEA NOT NULL,
    PRIMARY KEY (node, number)
);

-- shared: content that was deleted by law; `restore` applies it again.
CREATE TABLE deletion (
    municipality BIGINT NOT NULL,
    citizen BYTEA NOT NULL,
    id BYTEA NOT NULL,
    at BIGINT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (municipality, citizen, id)
);
