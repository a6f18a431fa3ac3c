-- Look-ups of mandates by authorities: their keys, what was answered, and what a system may ask.

-- shared: keys that proofs are signed with. The private half is sealed; the newest signs, all are published.
CREATE TABLE proof_key (
    kid TEXT NOT NULL PRIMARY KEY,
    jwk TEXT NOT NULL,
    sealed BYTEA NOT NULL,
    made_at BIGINT NOT NULL
);

-- municipal: what was asked and answered, for the giver to see. A giver that nobody is stands as zeros. The case is
-- sealed; `day` and `place` say where withdrawal of the proof is told, and `versions` what it rests on.
CREATE TABLE mandate_lookup (
    id BYTEA NOT NULL PRIMARY KEY,
    municipality BIGINT NOT NULL,
    client TEXT NOT NULL,
    giver BYTEA NOT NULL,
    subject TEXT NOT NULL,
    access TEXT NOT NULL,
    channel TEXT NOT NULL,
    purpose TEXT NOT NULL,
    case_ref BYTEA NOT NULL,
    answer TEXT NOT NULL,
    at BIGINT NOT NULL,
    mandate BYTEA,
    versions BYTEA,
    day BIGINT,
    place BIGINT
);
CREATE INDEX mandate_lookup_giver ON mandate_lookup (giver, at);
CREATE UNIQUE INDEX mandate_lookup_place ON mandate_lookup (municipality, day, place) WHERE day IS NOT NULL;

-- What a system may; nothing in rows from before this migration, which deliver.
ALTER TABLE system_client ADD COLUMN scopes TEXT;
