//! A municipality that leaves takes its rows of every table with it, and nobody else's. Every table is named here as one of a
//! municipality, of people or of the house, so that a new one cannot be forgotten.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::needless_pass_by_value,
    reason = "a test stops where it is surprised"
)]

mod common;

use borgerportal_both::both;
use borgerportal_domain::municipality::MunicipalityCode;
use borgerportal_store::StoreError;
use borgerportal_store::leaving::{self, FILLED, Slice, TABLES, Table};
use borgerportal_store::testing::{NOW, TestStore};
use common::*;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// Lines of the access log of every municipality stay, for auditors and for the chain.
const STAYS: [&str; 2] = ["access_log", "access_log_new"];

/// What people have wherever they live. Those whom only this municipality has named go with it.
const OF_PEOPLE: [&str; 18] = [
    "person",
    "person_number",
    "person_language",
    "custody",
    "guardianship",
    "mandate",
    "mandate_item",
    "mandate_event",
    "mandate_draft",
    "mandate_request",
    "mandate_doubt",
    "evidence",
    "notice",
    "notice_step",
    "notice_letter",
    "mail_address",
    "mail_code",
    "news_alert",
];

/// What is nobody's. Answers of errands are swept after a week, notes of files after two days.
const OF_THE_HOUSE: [&str; 7] =
    ["errand", "log_batch", "package", "package_version", "package_privilege", "proof_key", "file_unnamed"];

fn of_a_municipality() -> BTreeSet<&'static str> {
    TABLES.iter().chain([&FILLED]).map(Table::name).collect()
}

#[both]
fn every_table_is_of_a_municipality_of_people_or_of_the_house(store: TestStore) {
    let (municipal, all) = (of_a_municipality(), store.rows());
    let named: Vec<&str> =
        municipal.iter().chain(&STAYS).chain(&OF_PEOPLE).chain(&OF_THE_HOUSE).copied().collect();
    let once: BTreeSet<&str> = named.iter().copied().collect();
    assert_eq!(once.len(), named.len(), "a table is named twice");
    let tables: BTreeSet<&str> = all.keys().map(String::as_str).collect();
    assert_eq!(
        tables, once,
        "a new table: say whose its rows are, and if they are a municipality's, let `leaving` erase them"
    );
    for (table, column, _) in store.columns().iter().filter(|(table, ..)| tables.contains(table.as_str())) {
        let kept = municipal.contains(table.as_str()) || STAYS.contains(&table.as_str());
        assert!(column != "municipality" || kept, "{table} has rows of a municipality");
    }
}

fn randers() -> MunicipalityCode {
    MunicipalityCode::parse("0730").unwrap()
}

/// What an item's number has more than that of its citizen.
const ITEM: u32 = 1 << 30;
/// Tables that get more than a slice of rows.
const LONG: [&str; 3] = ["journal_key", "record_body", "record_file"];

/// A blob as this engine writes it.
fn blob(store: &TestStore, number: u32) -> String {
    let hex = format!("{number:032x}");
    if store.is_sqlite() { format!("x'{hex}'") } else { format!("'\\x{hex}'::bytea") }
}

/// Rows of a municipality in each of its tables, with a number in everything that must differ. Journals, systems and what
/// hangs on them have the number in common.
fn fill(store: &TestStore, municipality: MunicipalityCode, count: impl Fn(&str) -> u32) {
    let mut tables: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    for (table, column, kind) in store.columns() {
        tables.entry(table).or_default().push((column, kind.to_lowercase()));
    }
    let mut text = String::from("BEGIN;");
    for table in of_a_municipality() {
        let columns = &tables[table];
        for number in 0..count(table) {
            let number = u32::from(municipality.number()) * 10_000 + number;
            let value = |(column, kind): &(String, String)| match column.as_str() {
                "municipality" => municipality.number().to_string(),
                "id" if table == "deletion" => blob(store, number + ITEM),
                _ if kind.contains("bytea") || kind == "blob" => blob(store, number),
                _ if kind.contains("text") => format!("'{number:064}'"),
                _ => number.to_string(),
            };
            let names: Vec<&str> = columns.iter().map(|(name, _)| name.as_str()).collect();
            let values: Vec<String> = columns.iter().map(value).collect();
            writeln!(text, "INSERT INTO {table} ({}) VALUES ({});", names.join(", "), values.join(", "))
                .unwrap();
        }
    }
    store.tamper(&(text + "COMMIT;"));
}

async fn drain(store: &TestStore, municipality: MunicipalityCode, table: &'static Table) -> Vec<u64> {
    let mut slices = Vec::new();
    loop {
        let id = store.errand_id(NOW).unwrap();
        let slice = move |tx: &borgerportal_store::tx::Tx<'_>| {
            leaving::slice(tx, municipality, table).map(|Slice { rows, more }| (rows, more))
        };
        let (rows, more) = store.write::<_, StoreError, _>(NOW, id, slice).await.unwrap();
        slices.push(rows);
        if !more {
            return slices;
        }
    }
}

#[both]
async fn every_table_loses_its_rows_and_no_other_municipality_does(store: TestStore) {
    fill(&store, helsingor(), |table| if LONG.contains(&table) { 501 } else { 3 });
    fill(&store, randers(), |_| 2);
    for table in TABLES.iter().chain([&FILLED]) {
        let slices: &[u64] = if LONG.contains(&table.name()) { &[500, 1] } else { &[3] };
        assert_eq!(
            drain(&store, helsingor(), table).await,
            slices,
            "{}: all of them, in slices",
            table.name()
        );
    }
    let left = store.rows();
    for table in of_a_municipality() {
        assert_eq!(left[table], 2, "{table}: those of the other stay");
    }
    assert_eq!(left["file_unnamed"], 501, "contents of files are left to the sweep, each address once");
    for table in TABLES.iter().chain([&FILLED]) {
        assert_eq!(drain(&store, helsingor(), table).await, [0], "{}: twice is once", table.name());
    }
}

#[both]
async fn the_list_of_deletions_names_the_municipality_with_its_latest_time(store: TestStore) {
    let list = || async {
        let all = read(&store, borgerportal_store::deletions::all).await;
        all.iter().map(|one| (one.municipality(), one.at())).collect::<Vec<_>>()
    };
    for at in [NOW, NOW.plus_days(2), NOW.plus_days(1)] {
        write(&store, at, |tx| leaving::begin(tx, helsingor())).await;
    }
    assert_eq!(list().await, [(Some(helsingor()), NOW.plus_days(2))]);
    drain(&store, helsingor(), TABLES.iter().find(|table| table.name() == "deletion").unwrap()).await;
    assert_eq!(list().await.len(), 1, "erasing never takes itself off the list");
}
