-- The language people are written to in.

-- shared: what somebody last chose on the pages. Who never chose has no row and is written to in Danish.
CREATE TABLE person_language (
    person BYTEA NOT NULL PRIMARY KEY,
    language TEXT NOT NULL
);
