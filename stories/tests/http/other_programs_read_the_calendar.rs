//! The calendar as a program reads it that others wrote (npm: `ical.js`): on the days on which the clocks change, a series,
//! a visit that is called off, and no word of what help somebody gets. Where the program is not installed the stories say
//! that they were skipped.

use borgerportal_both::both;
use borgerportal_domain::Timestamp;
use borgerportal_fhir::calendar::VISIT_SERIES;
use borgerportal_store::testing::TestStore;
use borgerportal_stories::deliveries::{bundle, patient, visit};
use borgerportal_stories::{HELSINGOR, INGER, RecordSystem, Visitor, World, html};
use serde_json::{Value, json};
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/peers/ical");

/// Whether the program is there; a run that requires it fails instead.
fn is_installed() -> bool {
    let installed = Path::new(FOLDER).join("node_modules/ical.js").is_dir();
    let required = std::env::var_os("BORGERPORTAL_REQUIRE_PEERS").is_some_and(|value| value == "1");
    assert!(installed || !required, "ical.js is required and not installed");
    if !installed {
        println!("SKIPPED: ical.js is not installed; run `npm ci` in stories/peers/ical");
    }
    installed
}

/// What the program makes of a file: its events, earliest first.
fn read(calendar: &str) -> Vec<Value> {
    let mut program = Command::new("node");
    program.arg("read.mjs").current_dir(FOLDER).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut program = program.spawn().unwrap();
    program.stdin.take().unwrap().write_all(calendar.as_bytes()).unwrap();
    let out = program.wait_with_output().unwrap();
    assert!(out.status.success(), "not read: {calendar}");
    let mut events: Vec<Value> = serde_json::from_slice(&out.stdout).unwrap();
    events.sort_by_key(|event| event["start"].to_string());
    events
}

/// "2026-03-29 10:00, 30 CONFIRMED"
fn line(event: &Value) -> String {
    assert_eq!(event["recurring"], false, "each visit of a series is told by itself: one may be called off");
    let text = |name: &str| event[name].as_str().unwrap();
    format!("{}, {} {}", text("start"), event["minutes"], text("status"))
}

fn lines(events: &[Value]) -> Vec<String> {
    events.iter().map(line).collect()
}

/// Nothing in it says what help it is, who comes, or whose it is.
fn tells_nothing(calendar: &str) {
    for word in ["Rengøring", "cleaning", "Hjemme", "Nord", "Inger", "Holm"] {
        assert!(!calendar.contains(word), "{word}: {calendar}");
    }
    for event in read(calendar) {
        let words = event["words"].as_array().unwrap();
        let plain = words.len() == 1 && words[0].as_str().unwrap().ends_with("Besøg fra kommunen");
        assert!(plain, "{words:?}");
    }
}

fn cleaning(id: &str, from: &str, to: &str) -> Value {
    visit(&INGER, id, "cleaning", (from, to))
}

fn in_series(mut visit: Value) -> Value {
    visit["extension"] = json!([{ "url": VISIT_SERIES, "valueString": "mondays" }]);
    visit
}

async fn told(record: &RecordSystem, at: &str, visits: &[Value]) {
    let all: Vec<Value> = std::iter::once(patient(&INGER)).chain(visits.iter().cloned()).collect();
    record.delivers(&bundle("transaction", at, &all)).await;
}

/// Makes an address for a calendar program.
async fn address(inger: &Visitor) -> String {
    let page = inger.at("/calendar/feeds").await;
    let made = inger.browser.submit(&page.form("/calendar/feeds"), &[]).await;
    let html = made.html();
    html::all(&html, "code").next().unwrap().words()
}

fn on(world: &World, instant: &str) {
    world.app.clock.set(Timestamp::parse(instant).unwrap());
}

/// Inger on 20 March 2026, with visits around the night of spring and three Mondays of a series.
async fn in_spring(store: TestStore) -> (World, RecordSystem) {
    let (world, record) = World::with_inger(store).await;
    on(&world, "2026-03-20T09:00:00Z");
    let monday = |id, day: &str| {
        in_series(cleaning(id, &format!("{day}T10:00:00+02:00"), &format!("{day}T10:30:00+02:00")))
    };
    let visits = [
        cleaning("saturday", "2026-03-28T10:00:00+01:00", "2026-03-28T10:30:00+01:00"),
        cleaning("night", "2026-03-29T01:30:00+01:00", "2026-03-29T03:30:00+02:00"),
        cleaning("sunday", "2026-03-29T10:00:00+02:00", "2026-03-29T10:30:00+02:00"),
        monday("first", "2026-03-30"),
        monday("second", "2026-04-06"),
        monday("third", "2026-04-13"),
    ];
    told(&record, "2026-03-19T10:00:00Z", &visits).await;
    (world, record)
}

const SPRING: [&str; 5] = [
    "2026-03-28 10:00, 30 CONFIRMED",
    "2026-03-29 01:30, 60 CONFIRMED",
    "2026-03-29 10:00, 30 CONFIRMED",
    "2026-03-30 10:00, 30 CONFIRMED",
    "2026-04-06 10:00, 30 CONFIRMED",
];

#[both]
async fn visits_stand_at_their_hour_when_summer_begins_and_when_it_ends(store: TestStore) {
    if !is_installed() {
        return;
    }
    let (world, record) = in_spring(store).await;
    let inger = world.log_in_as_citizen(INGER, HELSINGOR).await;
    let feed = address(&inger).await;
    let file = inger.at("/calendar/file").await.html();
    let spring = [&SPRING[..], &["2026-04-13 10:00, 30 CONFIRMED"]].concat();
    assert_eq!(lines(&read(&file)), spring);
    // Seven months later nobody has logged in since, and the telephone still reads.
    on(&world, "2026-10-20T08:00:00Z");
    let visits = [
        cleaning("october", "2026-10-24T10:00:00+02:00", "2026-10-24T10:30:00+02:00"),
        cleaning("long-night", "2026-10-25T02:30:00+02:00", "2026-10-25T02:30:00+01:00"),
        cleaning("winter", "2026-10-25T10:00:00+01:00", "2026-10-25T10:30:00+01:00"),
    ];
    told(&record, "2026-10-19T10:00:00Z", &visits).await;
    let text = world.browser().get(&feed).await.html();
    let autumn = [
        "2026-10-24 10:00, 30 CONFIRMED",
        "2026-10-25 02:30, 60 CONFIRMED",
        "2026-10-25 10:00, 30 CONFIRMED",
    ];
    assert_eq!(lines(&read(&text)), autumn);
    tells_nothing(&text);
}

#[both]
async fn one_visit_of_a_series_is_withdrawn_and_the_others_stay(store: TestStore) {
    if !is_installed() {
        return;
    }
    let (world, _record) = in_spring(store).await;
    let inger = world.log_in_as_citizen(INGER, HELSINGOR).await;
    let feed = address(&inger).await;
    let before = read(&world.browser().get(&feed).await.html());
    let week = inger.at("/calendar?day=2026-04-13").await;
    let question = inger.browser.get(&week.link("Afmeld besøg")).await;
    let receipt = inger.browser.submit(&question.form("/cancellation"), &[]).await;
    assert_eq!(receipt.h1(), "Besøget er afmeldt", "{}", receipt.words());
    for text in [world.browser().get(&feed).await.html(), inger.at("/calendar/file").await.html()] {
        let after = read(&text);
        assert_eq!(lines(&after), [&SPRING[..], &["2026-04-13 10:00, 30 CANCELLED"]].concat());
        let (was, is) = (&before[5], &after[5]);
        assert_eq!(was["uid"], is["uid"], "a program knows which of its entries goes");
        assert!(was["sequence"].as_i64() < is["sequence"].as_i64(), "and that this is newer");
        tells_nothing(&text);
    }
    let wanted = inger.at("/calendar/file?words=1").await.html();
    assert!(wanted.contains("Rengøring"), "who chooses words gets them: {wanted}");
    assert_eq!(read(&wanted).len(), 6);
}
