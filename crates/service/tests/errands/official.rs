//! The official series, where they are at hand, through the door and into both engines: in the order given,
//! reversed, shuffled, and twice. In a clone without them each test says that it was skipped; `corrections.rs`
//! covers the same with deliveries of our own.

use crate::common::*;
use borgerportal_both::both;
use borgerportal_domain::Cpr;
use borgerportal_domain::access::Role;
use borgerportal_domain::time::Date;
use borgerportal_fhir::state::fold;
use borgerportal_store::people;
use borgerportal_store::testing::TestStore;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

const SERIES: [(&str, &str); 4] = [
    ("kl-gateway", "peter-olsen-classic"),
    ("kl-gateway", "jens-hansen-new"),
    ("kl-ffb-reporting", "ffb-first-three"),
    ("kl-children", "withdrawn-contact"),
];

fn standards() -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/standards");
    if !path.is_dir() {
        println!("skipped: the official examples are not at {}", path.display());
        return None;
    }
    Some(path)
}

struct Series {
    name: &'static str,
    expected: Value,
    reports: Vec<Value>,
}

fn series() -> Vec<Series> {
    let Some(standards) = standards() else { return Vec::new() };
    let read = |path: PathBuf| -> Value { serde_json::from_slice(&fs::read(path).unwrap()).unwrap() };
    let one = |(folder, name): (&str, &'static str)| {
        let expected = read(standards.join(folder).join(format!("expected/{name}.final-state.json")));
        let applied = expected["applied"].as_array().unwrap().iter();
        let path = |one: &Value| one["file"].as_str().unwrap().strip_prefix("shared/").unwrap().to_owned();
        let reports = applied.map(|one| read(standards.join(path(one)))).collect();
        Series { name, expected, reports }
    };
    SERIES.into_iter().map(one).collect()
}

/// Delivers a series in this order and compares rows, what is read, and the published end.
async fn ends_as_published(portal: &Portal, series: &Series, order: &[usize], how: &str) {
    let name = format!("{} {how}", series.name);
    let state = fold(&order.iter().map(|at| delivery(&series.reports[*at])).collect::<Vec<_>>());
    for at in order {
        portal.deliver(&series.reports[*at]).await;
    }
    portal.is_as(&state, &name).await;
    let cpr = delivery(&series.reports[0]).citizens[0].cpr.clone();
    let citizen = grown_up(portal, &cpr).await;
    let reader = portal.as_role(&citizen, Role::Citizen, helsingor()).await;
    portal.reads_as(&reader, &cpr, &state, &name).await;
    portal.tells_as(&reader, &cpr, &state, &name).await;
    published(&portal.kept().await, &series.expected, &name);
}

/// The examples are about small children, too: here everybody is old enough to read for themself.
async fn grown_up(portal: &Portal, cpr: &Cpr) -> Somebody {
    let wanted = cpr.clone();
    portal
        .write(move |tx| {
            let id = people::by_cpr(tx, &wanted)?.unwrap();
            let mut person = people::person(tx, id)?.unwrap();
            person.facts.birth_on = Date::constant(1950, 1, 1);
            Ok(people::save(tx, &person)?)
        })
        .await;
    let wanted = cpr.clone();
    let person = portal.read(move |tx| Ok(people::person(tx, people::by_cpr(tx, &wanted)?.unwrap())?)).await;
    let person = person.unwrap();
    Somebody { id: person.facts.id, cpr: cpr.clone(), name: person.name, birth_on: person.facts.birth_on }
}

/// Every line of the published end: there, with this status and code, seen or not.
fn published(kept: &[borgerportal_store::testing::kept::Kept], expected: &Value, name: &str) {
    let mut compared = 0;
    for line in expected["final"].as_array().unwrap() {
        let key = line["key"].as_str().unwrap();
        let codes: Vec<&str> =
            line["code"].as_array().into_iter().flatten().filter_map(|one| one["code"].as_str()).collect();
        let row =
            kept.iter().find(|row| key == format!("{}/{}", row.kind, row.id.split('@').next().unwrap()));
        let Some(row) = row else {
            assert!(
                codes.iter().any(|code| ["29463-7", "8302-2"].contains(code)),
                "{name}: {key} is missing"
            );
            continue;
        };
        compared += 1;
        assert_eq!(row.shown.is_some(), line["visible"].as_bool().unwrap_or(true), "{name}: {key}.visible");
        let Some((_, _, raw)) = &row.shown else { continue };
        let raw: Value = serde_json::from_slice(raw).unwrap();
        for member in ["status", "lifecycleStatus"].into_iter().filter(|member| !line[member].is_null()) {
            assert_eq!(raw[member], line[member], "{name}: {key}.{member}");
        }
        let own = if row.kind == "CarePlan" { &raw["activity"][0]["detail"]["code"] } else { &raw["code"] };
        let own: Vec<&str> =
            own["coding"].as_array().into_iter().flatten().filter_map(|one| one["code"].as_str()).collect();
        assert!(codes.is_empty() || own == codes, "{name}: {key}.code {own:?} {codes:?}");
    }
    assert!(compared >= 10, "{name}: {compared}");
}

#[both]
async fn in_the_order_given(store: TestStore) {
    for one in series() {
        let portal = Portal::open(store.another());
        let order: Vec<usize> = (0..one.reports.len()).collect();
        ends_as_published(&portal, &one, &order, "as given").await;
    }
}

#[both]
async fn reversed(store: TestStore) {
    for one in series() {
        let portal = Portal::open(store.another());
        let order: Vec<usize> = (0..one.reports.len()).rev().collect();
        ends_as_published(&portal, &one, &order, "reversed").await;
    }
}

#[both]
async fn shuffled_and_twice(store: TestStore) {
    let mut seed = 7_u64;
    for one in series() {
        let portal = Portal::open(store.another());
        let mut order: Vec<usize> = (0..one.reports.len()).chain(0..one.reports.len()).collect();
        for at in (1..order.len()).rev() {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            order.swap(at, usize::try_from(seed >> 33).unwrap() % (at + 1));
        }
        ends_as_published(&portal, &one, &order, "shuffled and twice").await;
    }
}

#[both]
async fn new_updated_and_unchanged_are_counted_as_published(store: TestStore) {
    for one in series().into_iter().filter(|one| one.name != "withdrawn-contact") {
        let portal = Portal::open(store.another());
        for (report, applied) in one.reports.iter().zip(one.expected["applied"].as_array().unwrap()) {
            let counts = portal.deliver(report).await;
            let published = ["new", "updated", "same"].map(|what| applied[what].as_u64().unwrap());
            // Each report is one document more than the published counts know of.
            let counted = [counts.new - 1, counts.updated, counts.same];
            assert_eq!(counted, published, "{}: {}", one.name, applied["file"]);
        }
    }
}

#[both]
async fn every_official_report_is_taken_in_and_nobodys_entry_lands_with_another(store: TestStore) {
    let Some(standards) = standards() else { return };
    let portal = Portal::open(store);
    let mut deliveries = Vec::new();
    for folder in
        ["kl-gateway", "kl-ffb-reporting", "kl-rehab-140", "kl-prevention-119", "kl-children", "kl-ltt"]
    {
        for entry in fs::read_dir(standards.join(folder).join("examples")).unwrap() {
            let path = entry.unwrap().path();
            let Ok(bytes) = fs::read(&path) else { continue };
            let value: Value = serde_json::from_slice(&bytes).unwrap_or_default();
            if value["resourceType"] == "Bundle" {
                portal.deliver(&value).await;
                deliveries.push(delivery(&value));
            }
        }
    }
    assert!(deliveries.len() >= 40, "{}", deliveries.len());
    portal.is_as(&fold(&deliveries), "all official reports").await;
}
