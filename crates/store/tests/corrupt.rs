//! Whatever stands in a row that this program did not write there: a read says which column does not read, or does
//! without it. It never panics, and never shows a seal's content under another name.

#![expect(clippy::unwrap_used, reason = "a test stops where it is surprised")]

mod common;

use borgerportal_both::both;
use borgerportal_domain::access::{Block, Blocked, CustodyFact, Guardianship, GuardianshipScope};
use borgerportal_domain::ids::JournalId;
use borgerportal_domain::time::{Date, Timestamp};
use borgerportal_store::documents::{self, Window};
use borgerportal_store::items::Place;
use borgerportal_store::log_seal::{self, Cursor};
use borgerportal_store::testing::{NOW, TestStore};
use borgerportal_store::tx::Tx;
use borgerportal_store::{StoreError, custody, facts, mandates, people, sessions};
use common::*;

/// Tables that are read when a page is shown, somebody logs on or the log is checked.
const TABLES: [&str; 14] = [
    "person",
    "journal",
    "journal_key",
    "session",
    "mandate",
    "mandate_item",
    "custody",
    "guardianship",
    "block",
    "record_item",
    "record_body",
    "record_search",
    "access_log",
    "log_batch",
];
const HASH: [u8; 32] = [5; 32];

async fn write(
    store: &TestStore,
    errand: impl Fn(&Tx<'_>) -> Result<(), StoreError> + Send + Sync + 'static,
) {
    let id = store.errand_id(NOW).unwrap();
    store.write::<_, StoreError, _>(NOW, id, errand).await.unwrap();
}

/// Something in every table.
async fn furnished(store: &TestStore) -> JournalId {
    let journal = set_up(store, 2).await;
    let custody = CustodyFact {
        holder: person_id(2),
        child: person_id(1),
        from: Some(Date::constant(2026, 1, 1)),
        last_day: None,
        withheld: false,
        asked_at: NOW,
    };
    let guardianship = Guardianship {
        guardian: person_id(2),
        ward: person_id(1),
        scope: GuardianshipScope::Personal,
        from: Date::constant(2026, 1, 1),
        last_day: Some(Date::constant(2027, 1, 1)),
    };
    let block = Block { blocked: Blocked::Person(person_id(2)), from: NOW, until: Some(NOW.plus_days(9)) };
    write(store, move |tx| {
        mandates::sign(tx, &mandate(5, 1, 2), None)?;
        custody::replace(tx, person_id(2), &[custody])?;
        facts::keep_guardianship(tx, &guardianship)?;
        facts::keep_block(tx, helsingor(), person_id(1), &block)?;
        sessions::open(tx, &HASH, &session(person_id(2), NOW))
    })
    .await;
    lines(store, journal).await;
    write(store, |tx| log_seal::seal(tx).map(|_| ())).await;
    journal
}

/// Everything a portal reads, each on its own.
async fn read_everything(store: &TestStore, journal: JournalId) -> Vec<Result<(), StoreError>> {
    type Read = Box<dyn Fn(&Tx<'_>) -> Result<(), StoreError> + Send>;
    let window = Window { from: Place::TOP, oldest: Timestamp::from_millis(0), newer: false, limit: 10 };
    let key = store.keys().log_public_key().to_vec();
    let reads: Vec<Read> = vec![
        Box::new(|tx| people::person(tx, person_id(1)).map(|_| ())),
        Box::new(|tx| people::by_cpr(tx, &person(1).cpr).map(|_| ())),
        Box::new(|tx| sessions::session(tx, &HASH).map(|_| ())),
        Box::new(|tx| mandates::of_holder(tx, person_id(2)).map(|_| ())),
        Box::new(|tx| custody::of(tx, person_id(2)).map(|_| ())),
        Box::new(move |tx| facts::load(tx, journal, person_id(2)).map(|_| ())),
        Box::new(move |tx| {
            documents::list(tx, &grant(tx, journal, person_id(1))?, &window, &|_| true).map(|_| ())
        }),
        Box::new(move |tx| {
            let access = grant(tx, journal, person_id(1))?;
            documents::search(tx, &access, window.oldest, &|_| true).map(|_| ())
        }),
        Box::new(move |tx| {
            let access = grant(tx, journal, person_id(1))?;
            documents::document(tx, &access, item_id(0), &|_| true).map(|_| ())
        }),
        Box::new(move |tx| {
            let access = grant(tx, journal, person_id(1))?;
            borgerportal_store::access_log::page(tx, &access, None, None, 10).map(|_| ())
        }),
        Box::new(move |tx| log_seal::check_next(tx, &key, &Cursor::default()).map(|_| ())),
    ];
    let mut all = Vec::new();
    for read in reads {
        all.push(store.read::<_, StoreError, _>(NOW, read).await);
    }
    all
}

#[both]
async fn no_row_makes_a_read_panic(store: TestStore) {
    let journal = furnished(&store).await;
    let (mut tried, mut found) = (0, 0);
    assert!(read_everything(&store, journal).await.iter().all(Result::is_ok));
    for (table, column, kind) in store.columns() {
        if !TABLES.contains(&table.as_str()) {
            continue;
        }
        store.tamper(&format!("CREATE TABLE kept AS SELECT * FROM {table}"));
        for odd in match kind.as_str() {
            "TEXT" | "text" => ["''", "'x'", "'2026-13-45'"],
            "BIGINT" | "bigint" => ["-1", "9223372036854775807", "-9223372036854775808"],
            _ if store.is_sqlite() => ["x''", "x'00'", "zeroblob(300)"],
            _ => ["'\\x'::bytea", "'\\x00'::bytea", "decode(repeat('00', 300), 'hex')"],
        } {
            if !store.tried_to_tamper(&format!("UPDATE {table} SET {column} = {odd}")) {
                continue;
            }
            tried += 1;
            for answer in read_everything(&store, journal).await {
                match answer {
                    Ok(()) => {}
                    // The last one: the row the tests ask for is not found any more.
                    Err(StoreError::Corrupt { .. } | StoreError::Keys(_)) => found += 1,
                    Err(error) => panic!("{table}.{column} = {odd}: {error}"),
                }
            }
            store.tamper(&format!("DELETE FROM {table}; INSERT INTO {table} SELECT * FROM kept"));
        }
        store.tamper("DROP TABLE kept");
    }
    assert!(tried > 150 && found > 100, "{found} of {tried}");
    assert!(read_everything(&store, journal).await.iter().all(Result::is_ok), "all is as it was");
}
