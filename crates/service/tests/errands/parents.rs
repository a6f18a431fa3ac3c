//! Parents: custody as the register tells it, asked again and again, until the child is of age.

use crate::common::*;
use borgerportal_both::both;
use borgerportal_domain::ids::JournalId;
use borgerportal_domain::time::{Date, copenhagen_midnight};
use borgerportal_service::Problem;
use borgerportal_store::testing::TestStore;

struct Home {
    portal: Portal,
    mother: Somebody,
    child: Somebody,
    journal: JournalId,
}

/// A child with a letter, a note on how it is, and a letter of the social area.
async fn home(portal: Portal, birth: &str) -> Home {
    home_of(portal, 1001, birth).await
}

async fn home_of(portal: Portal, number: u16, birth: &str) -> Home {
    let mother = portal.person(number, "Sofie", "1985-05-12").await;
    let child = portal.person(number + 1, "Alma", birth).await;
    let id = |name: &str| format!("{name}-{number}");
    let mut social = letter(&child, &id("d3"), "Brev om støtte", "2026-10-03");
    social["category"][0]["coding"][0]["code"] = "social".into();
    let resources = [
        patient(&child),
        letter(&child, &id("d1"), "Brev om træning", "2026-10-01"),
        document(&child, &id("d2"), "observation", "Observation af trivsel", "2026-10-02"),
        social,
    ];
    portal.deliver(&bundle("transaction", "2026-10-05T10:00:00Z", &resources)).await;
    let journal = portal.journal_of(&child.cpr, helsingor()).await.unwrap();
    portal.register.custody(&mother, &child);
    Home { portal, mother, child, journal }
}

impl Home {
    /// The mother with the register's answer of now, as after a log-in.
    async fn log_in(&self) -> Visitor {
        let visitor = self.portal.as_parent(&self.mother).await;
        borgerportal_service::custody::ask_for(&self.portal.app, &visitor.token).await.unwrap();
        visitor
    }
}

const ALL: [&str; 3] = ["Brev om støtte", "Observation af trivsel", "Brev om træning"];

#[both]
async fn the_register_is_asked_again_after_a_quarter_of_an_hour(store: TestStore) {
    let it = home(Portal::open(store), "2018-01-01").await;
    let visitor = it.log_in().await;
    let asked = it.portal.register.questions();
    assert_eq!(visitor.titles(it.journal).await.unwrap(), ALL);
    it.portal.minutes_later(14);
    assert_eq!(visitor.titles(it.journal).await.unwrap(), ALL);
    assert_eq!(it.portal.register.questions(), asked, "a fresh answer is good for a while");
    it.portal.minutes_later(2);
    assert_eq!(visitor.titles(it.journal).await.unwrap(), ALL);
    assert_eq!(it.portal.register.questions(), asked + 1);
    assert_eq!(visitor.titles(it.journal).await.unwrap(), ALL);
    assert_eq!(it.portal.register.questions(), asked + 1, "and then it is fresh again");
}

#[both]
async fn custody_that_is_gone_from_the_register_is_gone_here(store: TestStore) {
    let it = home(Portal::open(store), "2018-01-01").await;
    let visitor = it.log_in().await;
    it.portal.register.no_custody(&it.mother);
    it.portal.minutes_later(16);
    assert_eq!(visitor.titles(it.journal).await.unwrap_err(), "not found");
    assert!(visitor.within_reach().await.0.is_empty());
}

#[both]
async fn the_chooser_asks_the_register_too(store: TestStore) {
    let it = home(Portal::open(store), "2018-01-01").await;
    let visitor = it.log_in().await;
    assert_eq!(visitor.within_reach().await.0, ["Alma"]);
    it.portal.register.no_custody(&it.mother);
    it.portal.minutes_later(16);
    assert!(visitor.within_reach().await.0.is_empty(), "an old answer names nobody's child");
}

#[both]
async fn a_register_that_is_away_leaves_the_old_answer_good_for_an_hour(store: TestStore) {
    let it = home(Portal::open(store), "2018-01-01").await;
    let visitor = it.log_in().await;
    it.portal.register.away(true);
    it.portal.minutes_later(25);
    assert_eq!(visitor.titles(it.journal).await.unwrap(), ALL);
    it.portal.minutes_later(25);
    assert_eq!(visitor.titles(it.journal).await.unwrap(), ALL);
    it.portal.minutes_later(11);
    assert_eq!(visitor.titles(it.journal).await.unwrap_err(), "access.custody.stale Alma Holm");
    it.portal.register.away(false);
    it.portal.minutes_later(5);
    assert_eq!(visitor.titles(it.journal).await.unwrap(), ALL, "it answers again");
    it.portal.register.away(true);
    let fresh = it.portal.as_parent(&it.child).await;
    assert_eq!(fresh.titles(it.journal).await.unwrap_err(), "access.own.too_young Alma Holm");
}

#[both]
async fn a_register_that_is_away_is_not_asked_on_every_page(store: TestStore) {
    let it = home(Portal::open(store), "2018-01-01").await;
    let visitor = it.log_in().await;
    it.portal.register.away(true);
    it.portal.minutes_later(16);
    let before = it.portal.register.questions();
    let asked = || it.portal.register.questions() - before;
    for _ in 0..5 {
        assert_eq!(visitor.titles(it.journal).await.unwrap(), ALL);
    }
    assert_eq!(asked(), 1, "five pages, one question");
    let other = it.portal.person(1003, "Adam", "1984-01-01").await;
    let log_in = it.portal.as_parent(&other).await;
    borgerportal_service::custody::ask_for(&it.portal.app, &log_in.token).await.unwrap();
    assert_eq!(asked(), 1, "one pause for everybody");
    it.portal.minutes_later(1);
    assert_eq!(visitor.titles(it.journal).await.unwrap(), ALL);
    assert_eq!(asked(), 2);
    it.portal.register.away(false);
    it.portal.minutes_later(1);
    assert_eq!(visitor.titles(it.journal).await.unwrap(), ALL);
    assert_eq!(asked(), 3, "it answered: the answer is fresh again");
    assert_eq!(visitor.titles(it.journal).await.unwrap(), ALL);
    assert_eq!(asked(), 3);
}

#[both]
async fn a_pause_opens_nothing_that_silence_would_not(store: TestStore) {
    let it = home(Portal::open(store), "2018-01-01").await;
    let visitor = it.log_in().await;
    it.portal.register.no_custody(&it.mother);
    it.portal.register.away(true);
    for (minutes, what) in [(25, "asked in vain"), (25, "again"), (7, "again"), (1, "paused"), (1, "paused")]
    {
        it.portal.minutes_later(minutes);
        assert_eq!(visitor.titles(it.journal).await.unwrap(), ALL, "{what}: the old answer stands");
    }
    it.portal.minutes_later(2);
    assert_eq!(visitor.titles(it.journal).await.unwrap_err(), "access.custody.stale Alma Holm");
    it.portal.register.away(false);
    it.portal.minutes_later(5);
    assert_eq!(visitor.titles(it.journal).await.unwrap_err(), "not found", "the answer counts at once");
}

#[both]
async fn parenthood_without_custody_opens_nothing(store: TestStore) {
    let it = home(Portal::open(store), "2018-01-01").await;
    let father = it.portal.person(1003, "Adam", "1984-01-01").await;
    let future =
        |custody: &mut borgerportal_partners::CustodyOf| custody.from = Some(Date::constant(2027, 1, 1));
    it.portal.register.custody_with(&father, &it.child, future);
    let visitor = it.portal.as_parent(&father).await;
    borgerportal_service::custody::ask_for(&it.portal.app, &visitor.token).await.unwrap();
    assert_eq!(visitor.titles(it.journal).await.unwrap_err(), "not found");
    // `until` is the day on which it no longer holds.
    it.portal.register.no_custody(&father);
    let over =
        |custody: &mut borgerportal_partners::CustodyOf| custody.until = Some(Date::constant(2026, 11, 3));
    it.portal.register.custody_with(&father, &it.child, over);
    borgerportal_service::custody::ask_for(&it.portal.app, &visitor.token).await.unwrap();
    assert_eq!(visitor.titles(it.journal).await.unwrap_err(), "access.custody.over Alma Holm");
    it.portal.register.no_custody(&father);
    let last =
        |custody: &mut borgerportal_partners::CustodyOf| custody.until = Some(Date::constant(2026, 11, 4));
    it.portal.register.custody_with(&father, &it.child, last);
    borgerportal_service::custody::ask_for(&it.portal.app, &visitor.token).await.unwrap();
    assert_eq!(visitor.titles(it.journal).await.unwrap(), ALL, "today is the last day");
}

#[both]
async fn a_young_person_is_filtered_as_the_municipality_says(store: TestStore) {
    for (number, (knob, expected)) in (2_000..).step_by(10).zip([
        ("full", Ok(ALL.to_vec())),
        ("filtered", Ok(vec!["Brev om træning"])),
        ("none", Err("access.custody.youth_closed Alma Holm")),
    ]) {
        // One database is enough: settings are not in it.
        let portal = Portal::with(store.clone(), &format!("[access]\nyouth = \"{knob}\"\n{OPEN}"));
        let it = home_of(portal, number, "2010-06-01").await;
        let titles = it.log_in().await.titles(it.journal).await;
        let expected = expected.map(|titles| titles.into_iter().map(str::to_owned).collect::<Vec<_>>());
        assert_eq!(titles, expected.map_err(str::to_owned), "{knob}");
        if knob != "none" {
            only_what_is_listed_opens(&it).await;
        }
    }
}

async fn only_what_is_listed_opens(it: &Home) {
    let visitor = it.log_in().await;
    let own = it.portal.as_citizen(&it.child).await;
    let shown: Vec<_> = visitor.list(it.journal).await.unwrap().rows.iter().map(|row| row.head.id).collect();
    for row in own.list(it.journal).await.unwrap().rows {
        let opened = visitor.open(it.journal, row.head.id).await;
        assert_eq!(opened.is_ok(), shown.contains(&row.head.id), "{}", row.head.title);
    }
}

#[both]
async fn custody_ends_at_midnight_before_the_eighteenth_birthday(store: TestStore) {
    let it = home(Portal::open(store), "2008-11-04").await;
    let birthday = copenhagen_midnight(Date::constant(2026, 11, 4));
    it.portal.app.clock.set(birthday.plus_millis(-60_000));
    let visitor = it.log_in().await;
    assert_eq!(visitor.titles(it.journal).await.unwrap(), ["Brev om træning"]);
    it.portal.app.clock.set(birthday);
    assert_eq!(visitor.titles(it.journal).await.unwrap_err(), "access.custody.child_of_age Alma Holm");
    assert_eq!(visitor.within_reach().await, (vec![], vec!["Alma access.custody.child_of_age".to_owned()]));
    assert_eq!(it.portal.as_citizen(&it.child).await.titles(it.journal).await.unwrap(), ALL);
}

#[both]
async fn single_items_can_be_kept_from_parents(store: TestStore) {
    let it = home(Portal::open(store), "2018-01-01").await;
    let audience = ["audience-citizen", "audience-parent", "audience-relative"];
    let kept = |id: &str, more: &str| {
        labelled(letter(&it.child, id, "Holdt tilbage", "2026-10-09"), &[&audience[..], &[more]].concat())
    };
    let resources = [patient(&it.child), kept("k1", "withheld-from-parent"), kept("k2", "third_party")];
    it.portal.deliver(&bundle("transaction", "2026-10-10T10:00:00Z", &resources)).await;
    assert_eq!(it.log_in().await.titles(it.journal).await.unwrap(), ALL);
}

#[both]
async fn a_parent_sees_only_their_own_acts_in_the_log(store: TestStore) {
    let it = home(Portal::open(store), "2009-01-01").await;
    let own = it.portal.as_citizen(&it.child).await;
    own.list(it.journal).await.unwrap();
    let visitor = it.log_in().await;
    visitor.list(it.journal).await.unwrap();
    let log = visitor.log_page(it.journal, None).await.unwrap();
    assert!(!log.everybody);
    assert!(log.lines.iter().all(|line| line.actor == it.mother.id), "what the young person does is theirs");
    assert_eq!(own.log(it.journal).await.unwrap().len(), 3);
}

#[both]
async fn asking_the_register_needs_a_session(store: TestStore) {
    let it = home(Portal::open(store), "2018-01-01").await;
    let visitor = it.log_in().await;
    let asked = it.portal.register.questions();
    it.portal.minutes_later(31);
    let refused = borgerportal_service::custody::ask_for(&it.portal.app, &visitor.token).await;
    assert!(matches!(refused, Err(Problem::NoSession)));
    assert_eq!(it.portal.register.questions(), asked);
}
