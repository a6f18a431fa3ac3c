//! By the time an answer takes nobody can tell what is there but not theirs from what is not there: the two are no
//! further apart than two of one kind. `PORTAL_TIMING` says how many rounds. Where there are many (in the soak) it is
//! asserted; a few in `./test` only show that it can be measured.

use borgerportal_both::both;
use borgerportal_store::testing::TestStore;
use borgerportal_stories::deliveries::{bundle, labelled, letter, patient};
use borgerportal_stories::{BENT, Browser, HELSINGOR, INGER, LONE, METTE, POUL, World, how_many};
use std::time::Instant;

/// Addresses of each kind: enough to see how far two of one kind are apart.
const EACH: usize = 3;
/// From here on a measurement is a proof.
const ENOUGH: usize = 1_000;

/// What is asked: there but not theirs, then not there.
struct Case {
    what: &'static str,
    browser: Browser,
    paths: [String; 2 * EACH],
    /// For a form: the path is what it names.
    form: Option<String>,
}

impl Case {
    async fn ask(&self, which: usize) -> i64 {
        let (path, started) = (&self.paths[which], Instant::now());
        let page = match &self.form {
            Some(csrf) => {
                self.browser
                    .post("/personer", &[("csrf", csrf), ("journal", path.trim_start_matches("/p/"))])
                    .await
            }
            None => self.browser.get(path).await,
        };
        let took = started.elapsed();
        assert!(matches!(page.status, 404 | 422), "{} {path}", page.status);
        i64::try_from(took.as_nanos()).unwrap()
    }

    /// Nanoseconds, a row for each round: all in turn, so that whatever else happens happens to all of them.
    async fn measure(&self, rounds: usize) -> Vec<[i64; 2 * EACH]> {
        let mut rows = Vec::with_capacity(rounds);
        for round in 0..rounds {
            let mut row = [0; 2 * EACH];
            for turn in 0..row.len() {
                let which = (turn + round) % row.len();
                row[which] = self.ask(which).await;
            }
            rows.push(row);
        }
        rows
    }
}

/// What the rows say, in nanoseconds.
#[derive(Debug)]
struct Found {
    /// An ordinary answer.
    median: i64,
    /// How much longer what is there takes than what is not.
    apart: i64,
    /// How far two of one kind are apart at most.
    one_kind: i64,
}

impl Found {
    fn of(rows: &[[i64; 2 * EACH]]) -> Self {
        let between =
            |one: usize, other: usize| median(rows.iter().map(|row| row[one] - row[other]).collect());
        let pairs = |from: usize, to: usize| (from..to).flat_map(move |a| (a + 1..to).map(move |b| (a, b)));
        let same = pairs(0, EACH).chain(pairs(EACH, 2 * EACH)).map(|(one, other)| between(one, other).abs());
        let kind = |row: &[i64; 2 * EACH], from: usize| median(row[from..from + EACH].to_vec());
        Self {
            median: median(rows.iter().flatten().copied().collect()),
            apart: median(rows.iter().map(|row| kind(row, 0) - kind(row, EACH)).collect()),
            one_kind: same.max().unwrap(),
        }
    }

    fn holds(&self) -> bool {
        self.apart.abs() <= self.one_kind
    }
}

fn median(mut values: Vec<i64>) -> i64 {
    let middle = values.len() / 2;
    *values.select_nth_unstable(middle).1
}

/// Well formed, and nobody's.
fn nobodys() -> [String; EACH] {
    [1, 2, 3].map(|number| format!("0192d3a4-0000-7000-8000-00000000be{number:02x}"))
}

async fn cases(world: &World, journals: [String; EACH], withheld: [String; EACH]) -> [Case; 3] {
    let inger = journals[0].clone();
    let both = |there: [String; EACH], not: [String; EACH]| {
        let all: Vec<String> = there.into_iter().chain(not).collect();
        <[String; 2 * EACH]>::try_from(all).unwrap()
    };
    let lone = world.log_in_as_relative(LONE, HELSINGOR).await;
    let mette = world.log_in_as_relative(METTE, HELSINGOR).await;
    let list = |journal: String| format!("{journal}/documents");
    let csrf = lone.browser.get("/personer").await.csrf();
    let no_journals = || nobodys().map(|id| format!("/p/{id}"));
    let no_documents = nobodys().map(|id| format!("{inger}/documents/{id}"));
    let chosen = Case {
        what: "person",
        browser: lone.browser.copy(),
        paths: both(journals.clone(), no_journals()),
        form: Some(csrf),
    };
    [
        Case {
            what: "journal",
            browser: lone.browser,
            paths: both(journals.map(list), no_journals().map(list)),
            form: None,
        },
        Case { what: "document", browser: mette.browser, paths: both(withheld, no_documents), form: None },
        chosen,
    ]
}

#[both]
async fn the_time_it_takes_is_measured(store: TestStore) {
    let engine = if store.is_sqlite() { "sqlite" } else { "postgres" };
    let (world, record) = World::with_inger(store).await;
    for who in [INGER, POUL, BENT] {
        let letters =
            ["a", "b", "c"].map(|id| letter(&who, &format!("{id}-{}", who.given), id, "2026-10-01"));
        let hidden = letters.map(|letter| labelled(letter, &["withheld-from-relative"]));
        let all: Vec<_> = [patient(&who)].into_iter().chain(hidden).collect();
        record.delivers(&bundle("transaction", "2026-10-03T10:00:00Z", &all)).await;
    }
    let journals =
        [world.journal_of(&INGER).await, world.journal_of(&POUL).await, world.journal_of(&BENT).await];
    let rows = world.log_in_as_citizen(INGER, HELSINGOR).await.documents().await;
    let withheld: Vec<String> = rows.into_iter().map(|row| row.href).collect();
    let rounds = how_many("PORTAL_TIMING", 30);
    for case in cases(&world, journals, withheld.try_into().unwrap()).await {
        let found = Found::of(&case.measure(rounds).await);
        println!(
            "RESULT existence {engine}: {}, {rounds} rounds of {EACH} there and {EACH} not there, median {} µs; there \
             takes {} µs longer, two of one kind are {} µs apart at most",
            case.what,
            found.median / 1_000,
            found.apart / 1_000,
            found.one_kind / 1_000
        );
        assert!(rounds < ENOUGH || found.holds(), "{}: {found:?}", case.what);
    }
}

/// Rows as a busy machine makes them: noise of a millisecond, now and then a long wait.
fn rows(longer: i64) -> Vec<[i64; 2 * EACH]> {
    let mut state = 7_u64;
    let mut noise = move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let waited = if state >> 58 == 0 { 30_000_000 } else { 0 };
        i64::try_from(state >> 44).unwrap() + waited
    };
    (0..2_000)
        .map(|_| std::array::from_fn(|which| 3_000_000 + noise() + if which < EACH { longer } else { 0 }))
        .collect()
}

#[test]
fn the_measure_tells_a_tenth_of_a_millisecond_from_noise() {
    let (same, other, less) = (Found::of(&rows(0)), Found::of(&rows(150_000)), Found::of(&rows(-150_000)));
    assert!(same.holds(), "{same:?}");
    assert!(!other.holds() && other.apart > 100_000, "{other:?}");
    assert!(!less.holds() && less.apart < -100_000, "{less:?}");
}
