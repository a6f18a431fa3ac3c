//! What a municipality publishes: nothing without a decision, after a delay, and of an inactive journal what its
//! own setting leaves.

use crate::common::*;
use borgerportal_both::both;
use borgerportal_domain::documents::DocumentType as T;
use borgerportal_domain::time::{Date, copenhagen_midnight};
use borgerportal_service::documents::{Filter, PAGE, Page};
use borgerportal_store::testing::TestStore;
use serde_json::json;

#[both]
async fn without_a_label_or_a_decision_nothing_is_shown(store: TestStore) {
    let portal = Portal::with(store, "");
    let inger = portal.person(1001, "Inger", "1943-05-12").await;
    let open = labelled(letter(&inger, "a", "Mærket brev", "2026-10-01"), &["audience-citizen"]);
    let unlabelled = letter(&inger, "b", "Umærket brev", "2026-10-02");
    let none = labelled(letter(&inger, "c", "Brev til ingen", "2026-10-03"), &["audience-none"]);
    portal
        .deliver(&bundle("transaction", "2026-10-04T10:00:00Z", &[patient(&inger), open, unlabelled, none]))
        .await;
    let journal = portal.journal_of(&inger.cpr, helsingor()).await.unwrap();
    let own = portal.as_citizen(&inger).await;
    assert_eq!(own.titles(journal).await.unwrap(), ["Mærket brev"]);
    assert_eq!(own.search(journal, "brev").await.unwrap().total, 1);
}

#[both]
async fn a_delay_ends_at_midnight_in_denmark(store: TestStore) {
    let delayed = OPEN.replace("signed_off_by", "delay_days = 3\nsigned_off_by");
    let portal = Portal::with(store, &delayed);
    let inger = portal.person(1001, "Inger", "1943-05-12").await;
    let held = visible_from(letter(&inger, "b", "Holdt til den 20.", "2026-10-02"), "2026-11-20");
    let brev = letter(&inger, "a", "Brev", "2026-10-01");
    portal.deliver(&bundle("transaction", "2026-10-04T10:00:00Z", &[patient(&inger), brev, held])).await;
    let journal = portal.journal_of(&inger.cpr, helsingor()).await.unwrap();
    let titles = async || portal.as_citizen(&inger).await.titles(journal).await.unwrap();
    assert!(titles().await.is_empty(), "arrived today, the 3rd");
    let end = copenhagen_midnight(Date::constant(2026, 11, 6));
    portal.app.clock.set(end.plus_millis(-30_000));
    assert!(titles().await.is_empty());
    portal.app.clock.set(end);
    assert_eq!(titles().await, ["Brev"]);
    portal.app.clock.set(copenhagen_midnight(Date::constant(2026, 11, 20)));
    assert_eq!(titles().await, ["Holdt til den 20.", "Brev"]);
}

#[both]
async fn a_delay_counts_from_the_first_arrival(store: TestStore) {
    let delayed = OPEN.replace("signed_off_by", "delay_days = 3\nsigned_off_by");
    let portal = Portal::with(store, &delayed);
    let inger = portal.person(1001, "Inger", "1943-05-12").await;
    let brev = |title: &str| letter(&inger, "a", title, "2026-10-01");
    portal.deliver(&bundle("transaction", "2026-10-04T10:00:00Z", &[patient(&inger), brev("Brev")])).await;
    portal.app.clock.move_by(2 * 86_400_000);
    portal
        .deliver(&bundle("transaction", "2026-10-05T10:00:00Z", &[patient(&inger), brev("Rettet brev")]))
        .await;
    portal.app.clock.set(copenhagen_midnight(Date::constant(2026, 11, 6)));
    let journal = portal.journal_of(&inger.cpr, helsingor()).await.unwrap();
    assert_eq!(portal.as_citizen(&inger).await.titles(journal).await.unwrap(), ["Rettet brev"]);
}

#[both]
async fn an_inactive_journal_shows_what_the_municipality_leaves(store: TestStore) {
    let locked: Result<&[&str], &str> = Err("access.journal.inactive Inger Holm");
    for (number, (knob, months_later, expected)) in (1_000..).zip([
        ("mode = \"locked\"", 0, locked),
        ("mode = \"read_only\"\nmonths = 12", 0, Ok(&["Observation", "Brev"][..])),
        ("mode = \"read_only\"\nmonths = 1", 3, locked),
        ("mode = \"letters_only\"", 40, Ok(&["Brev"][..])),
    ]) {
        let portal = Portal::with(store.clone(), &format!("{OPEN}[inactive_journal]\n{knob}\n"));
        let inger = portal.person(number, "Inger", "1943-05-12").await;
        let mut closed = patient(&inger);
        closed["active"] = json!(false);
        let resources = [
            closed,
            letter(&inger, &format!("a{number}"), "Brev", "2026-10-01"),
            document(&inger, &format!("b{number}"), "observation", "Observation", "2026-10-02"),
        ];
        portal.deliver(&bundle("transaction", "2026-10-04T10:00:00Z", &resources)).await;
        let journal = portal.journal_of(&inger.cpr, helsingor()).await.unwrap();
        portal.app.clock.move_by(months_later * 31 * 86_400_000);
        let own = portal.as_citizen(&inger).await;
        let titles = own.titles(journal).await;
        let expected =
            expected.map(|titles| titles.iter().map(|title| (*title).to_owned()).collect::<Vec<_>>());
        assert_eq!(titles, expected.map_err(str::to_owned), "{knob}");
        assert!(own.log(journal).await.is_ok(), "{knob}: the log stays the citizen's");
    }
}

#[both]
async fn a_filter_offers_only_what_this_reader_has(store: TestStore) {
    let portal = Portal::open(store);
    let (inger, mette) =
        (portal.person(1001, "Inger", "1943-05-12").await, portal.person(1002, "Mette", "1970-02-01").await);
    let own_eyes = document(&inger, "b", "observation", "Kun til Inger", "2026-10-02");
    let resources = [
        patient(&inger),
        letter(&inger, "a", "Brev", "2026-10-01"),
        labelled(own_eyes, &["audience-citizen"]),
        labelled(document(&inger, "c", "form", "Til ingen", "2026-10-03"), &["audience-none"]),
    ];
    portal.deliver(&bundle("transaction", "2026-10-04T10:00:00Z", &resources)).await;
    let journal = portal.journal_of(&inger.cpr, helsingor()).await.unwrap();
    portal.mandate(&inger, &mette).await;
    let (own, relative) = (portal.as_citizen(&inger).await, portal.as_relative(&mette).await);
    let kinds = async |visitor: &Visitor, filter: Filter| {
        visitor
            .page(journal, filter, Page::First)
            .await
            .unwrap()
            .met
            .map(|met| met.kinds.into_iter().collect::<Vec<_>>())
    };
    let only = |kind| Filter { kinds: vec![kind], ..Filter::default() };
    assert_eq!(kinds(&own, Filter::default()).await, Some(vec![T::Letter, T::Observation]));
    assert_eq!(
        kinds(&relative, Filter::default()).await,
        Some(vec![T::Letter]),
        "what is withheld is not told of"
    );
    assert_eq!(
        kinds(&own, only(T::Letter)).await,
        Some(vec![T::Letter, T::Observation]),
        "a filter that is set hides no choice"
    );
    assert_eq!(kinds(&own, only(T::Form)).await, Some(vec![T::Letter, T::Observation]));
    let recent = Filter { since: Some(portal.now()), ..Filter::default() };
    assert_eq!(kinds(&own, recent).await, None, "older ones were not looked at");
}

#[both]
async fn a_long_list_does_not_pretend_to_know_what_it_has_not_read(store: TestStore) {
    let portal = Portal::open(store);
    let inger = portal.person(1001, "Inger", "1943-05-12").await;
    let brev = |number: usize| letter(&inger, &format!("a{number}"), "Brev", "2026-10-01");
    let all: Vec<_> = std::iter::once(patient(&inger)).chain((0..=PAGE).map(brev)).collect();
    portal.deliver(&bundle("transaction", "2026-10-04T10:00:00Z", &all)).await;
    let journal = portal.journal_of(&inger.cpr, helsingor()).await.unwrap();
    let list = portal.as_citizen(&inger).await.list(journal).await.unwrap();
    assert_eq!((list.rows.len(), list.older, list.met), (PAGE, true, None));
}
