//! "Nyt til dig": threads, decisions and documents, for whom, in which order, and how many.

use crate::common::*;
use crate::world::{World, communication, world, young};
use borgerportal_both::both;
use borgerportal_domain::access::Privilege;
use borgerportal_store::testing::TestStore;
use serde_json::json;

fn rows(rows: &[&str], unread: usize) -> (Vec<String>, usize) {
    (rows.iter().map(|row| (*row).to_owned()).collect(), unread)
}

impl World {
    /// A message of the municipality that begins a thread.
    async fn begins(&self, id: &str, title: &str, sent: &str) {
        let more = json!({ "topic": { "text": title }, "sent": sent });
        self.delivers(communication(&self.inger, id, "Læs venligst", &more)).await;
    }

    /// Letters, decisions of which the time of one is over, and two threads.
    async fn full(&self) {
        let decided = |id, title, day| grant(&self.inger, id, title, &[sent("citizen", "digital_post", day)]);
        for resource in [
            letter(&self.inger, "d1", "Brev 1", "2026-10-01"),
            letter(&self.inger, "d2", "Brev 2", "2026-10-20"),
            letter(&self.inger, "d3", "Gammelt brev", "2026-05-01"),
            decided("g1", "Rengøring", "2026-11-02"),
            decided("g2", "Indkøb", "2026-10-06"),
            decided("g3", "Tøjvask", "2026-10-05"),
            decided("g4", "Aflastning", "2026-11-03"),
            decided("g5", "Bad", "2026-10-26"),
        ] {
            self.delivers(resource).await;
        }
        self.begins("c1", "Om såret", "2026-11-03T09:00:00Z").await;
        self.begins("c2", "Om fald", "2026-10-15T09:00:00Z").await;
    }
}

#[both]
async fn everybody_reads_what_their_right_covers_and_a_message_stands_once(store: TestStore) {
    let it = world(store).await;
    it.full().await;
    let all = rows(
        &[
            "Indkøb until 2026-11-03",
            "Bad until 2026-11-23",
            "Om såret (1 new of 1)",
            "Brev 2",
            "Om fald (1 new of 1)",
            "Brev 1",
        ],
        2,
    );
    assert_eq!(it.portal.as_citizen(&it.inger).await.latest(it.journal).await.unwrap(), all);
    assert_eq!(it.portal.as_relative(&it.mette).await.latest(it.journal).await.unwrap(), all);
    let messages = ["Om såret (1 new of 1)", "Om fald (1 new of 1)"];
    for (number, (privilege, expected)) in (10..).zip([
        (Privilege::ReadCalendar, None),
        (Privilege::ReadGrants, Some(rows(&["Indkøb until 2026-11-03", "Bad until 2026-11-23"], 0))),
        (Privilege::ReadMessages, Some(rows(&messages, 2))),
        (
            Privilege::ReadDocuments,
            Some(rows(&["Om såret", "Brev 2", "Om fald", "Brev 1", "Gammelt brev"], 0)),
        ),
    ]) {
        let helper = it.portal.person(number, "Karen", "1970-05-12").await;
        let covered = vec![item(only(&[privilege]))];
        it.portal.mandate_with(&it.inger, &helper, |one| one.items = covered).await;
        let seen = it.portal.as_relative(&helper).await.latest(it.journal).await;
        assert_eq!(seen, expected, "{privilege:?}");
    }
}

#[both]
async fn a_thread_of_three_stands_once_and_is_no_news_when_it_was_read(store: TestStore) {
    let it = world(store).await;
    let inger = it.portal.as_citizen(&it.inger).await;
    let id = inger.says(it.journal, "Hvornår kommer I?").await;
    assert_eq!(inger.latest(it.journal).await.unwrap(), rows(&["Hvornår kommer I? waits"], 0));
    it.answered(id, "c1", "I morgen").await;
    it.answered(id, "c2", "Nej, i dag").await;
    assert_eq!(inger.latest(it.journal).await.unwrap(), rows(&["Hvornår kommer I? (2 new of 3)"], 2));
    inger.reads(it.journal, id).await.unwrap();
    assert_eq!(inger.latest(it.journal).await.unwrap(), rows(&[], 0));
    it.portal.minutes_later(20);
    inger.answers(it.journal, id, "Tak").await;
    assert_eq!(inger.latest(it.journal).await.unwrap(), rows(&["Hvornår kommer I? waits"], 0));
}

#[both]
async fn a_long_list_is_cut_and_two_documents_are_always_there(store: TestStore) {
    let it = world(store).await;
    it.full().await;
    it.begins("c3", "Om bad", "2026-11-03T09:01:00Z").await;
    it.begins("c4", "Om mad", "2026-11-03T09:02:00Z").await;
    let inger = it.portal.as_citizen(&it.inger).await;
    for text in ["Første", "Anden", "Tredje"] {
        it.portal.minutes_later(1);
        inger.says(it.journal, text).await;
    }
    let expected = [
        "Indkøb until 2026-11-03",
        "Bad until 2026-11-23",
        "Om mad (1 new of 1)",
        "Om bad (1 new of 1)",
        "Om såret (1 new of 1)",
        "Brev 2",
        "Brev 1",
        "Tredje waits",
        "Anden waits",
    ];
    assert_eq!(inger.latest(it.journal).await.unwrap(), rows(&expected, 4), "all four are counted");
}

#[both]
async fn what_nobody_answers_is_not_news_for_ever(store: TestStore) {
    let it = world(store).await;
    it.portal.as_citizen(&it.inger).await.says(it.journal, "Er der nogen?").await;
    for (days, expected) in [(29, &["Er der nogen? waits"][..]), (2, &[])] {
        it.portal.minutes_later(days * 24 * 60);
        let inger = it.portal.as_citizen(&it.inger).await;
        assert_eq!(inger.latest(it.journal).await.unwrap(), rows(expected, 0));
    }
}

#[both]
async fn the_last_day_to_complain_is_a_day_and_the_next_is_not(store: TestStore) {
    let it = world(store).await;
    it.full().await;
    let seen = async || {
        let (rows, _) = it.portal.as_relative(&it.mette).await.latest(it.journal).await.unwrap();
        rows.into_iter().filter(|row| row.contains(" until ")).collect::<Vec<_>>()
    };
    assert_eq!(seen().await, ["Indkøb until 2026-11-03", "Bad until 2026-11-23"]);
    it.portal.minutes_later(24 * 60);
    assert_eq!(seen().await, ["Bad until 2026-11-23", "Rengøring until 2026-11-30"]);
}

#[both]
async fn parents_of_young_people_are_told_of_nothing_that_the_filter_hides(store: TestStore) {
    let (it, own, parent) = young(store).await;
    let journal = it.journal;
    it.delivers(document(&it.inger, "o1", "observation", "Observation af trivsel", "2026-10-02")).await;
    let mine = own.says(journal, "Mine forældre må ikke se det").await;
    it.answered(mine, "c1", "Det er i orden").await;
    assert_eq!(parent.latest(journal).await.unwrap(), rows(&[], 0), "neither shown nor counted");
    let hers = parent.says(journal, "Hvordan går det i skolen?").await;
    assert_eq!(parent.latest(journal).await.unwrap(), rows(&["Hvordan går det i skolen? waits"], 0));
    it.answered(hers, "c2", "Fint").await;
    assert_eq!(parent.latest(journal).await.unwrap(), rows(&["Hvordan går det i skolen? (1 new of 2)"], 1));
    let (seen, unread) = own.latest(journal).await.unwrap();
    assert_eq!((seen.len(), unread), (3, 3), "it is her journal: {seen:?}");
}
