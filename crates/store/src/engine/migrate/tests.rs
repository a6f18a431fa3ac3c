//! Old databases with something in them, on both engines: what was there is there afterwards, and what cannot be
//! brought up to date is left as it was.

use super::*;
use crate::testing::{NOW, TestStore, postgres, sqlite};
use crate::{Location, migrate, waiting_migrations};
use std::thread;

/// An empty database beside, or instead of, that of a fresh store.
fn empty(store: &TestStore, name: &str) -> Location {
    if store.is_sqlite() {
        return Location::Sqlite(store.directory().join(name));
    }
    store.tamper("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
    store.location().clone()
}

fn batch(location: &Location, text: &str) {
    match location {
        Location::Sqlite(path) => {
            let text = text_for("--sqlite:", text).replace("BYTEA", "BLOB");
            rusqlite::Connection::open(path).unwrap().execute_batch(&text).unwrap();
        }
        Location::Postgres(url) => {
            let mut client = ::postgres::Client::connect(url, ::postgres::NoTls).unwrap();
            client.batch_execute(&text_for("--postgres:", text)).unwrap();
        }
    }
}

fn number(location: &Location, question: &str) -> i64 {
    match location {
        Location::Sqlite(path) => {
            let connection = rusqlite::Connection::open(path).unwrap();
            connection.query_row(question, [], |row| row.get(0)).unwrap()
        }
        Location::Postgres(url) => {
            let mut client = ::postgres::Client::connect(url, ::postgres::NoTls).unwrap();
            client.query_one(question, &[]).unwrap().get(0)
        }
    }
}

/// What a program that knew only the first migrations left behind.
fn old(location: &Location, known: usize) {
    batch(location, TABLE);
    for migration in &MIGRATIONS[..known] {
        batch(location, migration.text);
        let checksum: String = sha256(migration.text.as_bytes())
            .iter()
            .fold(String::new(), |text, byte| text + &format!("{byte:02x}"));
        let (number, name) = (migration.number, migration.name);
        let checksum = match location {
            Location::Sqlite(_) => format!("x'{checksum}'"),
            Location::Postgres(_) => format!("'\\x{checksum}'"),
        };
        batch(location, &format!("INSERT INTO schema_migration VALUES ({number}, '{name}', {checksum}, 1)"));
    }
}

fn names(migrations: &[Migration]) -> Vec<&'static str> {
    migrations.iter().map(|migration| migration.name).collect()
}

/// A row in every table of the first migration that a later one touches, and a line of the log that is sealed.
const ROWS: &str = "INSERT INTO person VALUES (CAST('a' AS BYTEA), CAST('sealed' AS BYTEA), NULL, 0, 5);
    INSERT INTO session (token_hash, person, role, municipality, level, authenticated_at, created_at, seen_at, ends_at, csrf)
        VALUES (CAST('t' AS BYTEA), CAST('a' AS BYTEA), 'citizen', 217, 'substantial', 1, 1, 1, 9, CAST('c' AS BYTEA));
    INSERT INTO mandate (id, giver, holder, origin, signed_at)
        VALUES (CAST('m' AS BYTEA), CAST('a' AS BYTEA), CAST('b' AS BYTEA), 'given', 3);
    INSERT INTO mandate_item (holder, giver, mandate, number, origin, privileges, channel, territory, from_at, until_at, status)
        VALUES (CAST('b' AS BYTEA), CAST('a' AS BYTEA), CAST('m' AS BYTEA), 0, 'given', 'documents.read', 'self_service', '', 1, 9, 'signed');
    INSERT INTO mandate_event (mandate, number, at, event, actor)
        VALUES (CAST('m' AS BYTEA), 0, 3, 'signed', CAST('a' AS BYTEA));
    INSERT INTO system_client (id, municipality, jwks, added_at) VALUES ('nexus', 217, '{}', 1);
    INSERT INTO access_log VALUES (217, CAST('a' AS BYTEA), CAST('l1' AS BYTEA), 1, CAST('a' AS BYTEA), 'sealed', CAST('s' AS BYTEA), 'n', 1, 0);";
/// A line that waited for its seal, where such lines lay before the fifth migration.
const UNSEALED: &str = "INSERT INTO access_log VALUES (217, CAST('a' AS BYTEA), CAST('l2' AS BYTEA), 2, CAST('a' AS BYTEA), 'waiting', CAST('s' AS BYTEA), 'n', NULL, NULL);";
const LOG_MOVES: usize = 4;

fn from_every_step(store: &TestStore) {
    for known in 1..=MIGRATIONS.len() {
        let location = empty(store, &format!("old-{known}.db"));
        old(&location, known);
        batch(&location, ROWS);
        let waiting = known <= LOG_MOVES;
        if waiting {
            batch(&location, UNSEALED);
        }
        assert_eq!(waiting_migrations(&location).unwrap(), names(&MIGRATIONS[known..]));
        assert_eq!(migrate(&location, NOW).unwrap(), names(&MIGRATIONS[known..]), "from step {known}");
        assert_eq!(migrate(&location, NOW).unwrap(), Vec::<&str>::new(), "nothing twice");
        for table in ["person", "session", "mandate", "mandate_item", "mandate_event", "system_client"] {
            assert_eq!(
                number(&location, &format!("SELECT count(*) FROM {table}")),
                1,
                "{table} from step {known}"
            );
        }
        let lines = |condition: &str| number(&location, &format!("SELECT count(*) FROM {condition}"));
        assert_eq!(lines("access_log WHERE line = 'sealed' AND batch = 1"), 1);
        assert_eq!(lines("access_log WHERE batch IS NULL"), 0, "lines that wait lie in one place only");
        assert_eq!(
            lines("access_log_new WHERE line = 'waiting' AND at = 2"),
            i64::from(waiting),
            "from step {known}"
        );
    }
}

#[test]
fn a_database_of_any_age_keeps_what_it_holds_on_sqlite() {
    from_every_step(&sqlite());
}

#[test]
fn a_database_of_any_age_keeps_what_it_holds_on_postgres() {
    from_every_step(&postgres());
}

/// The last thing the sixth migration makes is there already: it fails at its end, and nothing of it or of those
/// before it may stay.
fn stopped_half_way(store: &TestStore) {
    let location = empty(store, "half.db");
    old(&location, 2);
    batch(&location, ROWS);
    batch(&location, "CREATE INDEX journal_citizen ON journal (citizen)");
    for _ in 0..2 {
        let error = migrate(&location, NOW).unwrap_err();
        assert!(
            matches!(&error, StoreError::Migrations(hint) if hint.contains("journal_citizen")),
            "{error}"
        );
        assert_eq!(waiting_migrations(&location).unwrap(), names(&MIGRATIONS[2..]));
    }
    batch(&location, "DROP INDEX journal_citizen");
    assert_eq!(migrate(&location, NOW).unwrap(), names(&MIGRATIONS[2..]));
    assert_eq!(number(&location, "SELECT count(*) FROM mandate"), 1);
}

#[test]
fn a_migration_that_fails_leaves_everything_as_it_was_on_sqlite() {
    stopped_half_way(&sqlite());
}

#[test]
fn a_migration_that_fails_leaves_everything_as_it_was_on_postgres() {
    stopped_half_way(&postgres());
}

fn strangers(store: &TestStore) {
    for (change, said) in [
        (
            "INSERT INTO schema_migration VALUES (99, '0099_later', CAST('x' AS BYTEA), 1)",
            "migration 99, which this program does not know",
        ),
        (
            "UPDATE schema_migration SET number = 0 WHERE number = 1",
            "migration 0, which this program does not know",
        ),
        (
            "UPDATE schema_migration SET checksum = CAST('x' AS BYTEA) WHERE number = 2",
            "0002_mandates was changed after it was applied",
        ),
        (
            "UPDATE schema_migration SET checksum = (SELECT checksum FROM schema_migration WHERE number = 1) WHERE number = 3",
            "0003_notices was changed",
        ),
    ] {
        let location = empty(store, &format!("strange-{}.db", change.len()));
        old(&location, 3);
        batch(&location, change);
        for error in [migrate(&location, NOW).unwrap_err(), waiting_migrations(&location).unwrap_err()] {
            assert!(
                matches!(&error, StoreError::Migrations(hint) if hint.contains(said)),
                "{change}: {error}"
            );
        }
        assert_eq!(
            number(&location, "SELECT count(*) FROM schema_migration WHERE number = 4"),
            0,
            "left as it was"
        );
    }
}

#[test]
fn a_database_of_a_newer_or_another_program_is_not_touched_on_sqlite() {
    strangers(&sqlite());
}

#[test]
fn a_database_of_a_newer_or_another_program_is_not_touched_on_postgres() {
    strangers(&postgres());
}

/// A rolling start: several nodes, each told to bring the database up to date.
fn at_once(store: &TestStore) {
    let location = empty(store, "rolling.db");
    let nodes: Vec<_> = (0..6)
        .map(|_| {
            let location = location.clone();
            thread::spawn(move || migrate(&location, NOW))
        })
        .collect();
    let applied: Vec<_> = nodes.into_iter().flat_map(|node| node.join().unwrap().unwrap()).collect();
    assert_eq!(applied, names(MIGRATIONS), "each by one node, in order");
}

#[test]
fn nodes_that_start_at_once_all_come_up_on_sqlite() {
    at_once(&sqlite());
}

#[test]
fn nodes_that_start_at_once_all_come_up_on_postgres() {
    at_once(&postgres());
}
