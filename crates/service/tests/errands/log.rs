//! Who has seen my data: a line for every read, none without one, and never the words that were searched for.

use crate::common::*;
use borgerportal_both::both;
use borgerportal_domain::access::{BasisKind, Role};
use borgerportal_domain::documents::DocumentType;
use borgerportal_service::documents::{Filter, Page, Place};
use borgerportal_service::{Problem, access_log};
use borgerportal_store::testing::TestStore;

async fn two(store: TestStore) -> (Portal, Somebody, Somebody) {
    let portal = Portal::open(store);
    let inger = portal.person(1001, "Inger", "1943-05-12").await;
    let mette = portal.person(1002, "Mette", "1970-02-03").await;
    let letters: Vec<_> = (1..4)
        .map(|day| letter(&inger, &format!("d{day}"), &format!("Brev {day}"), &format!("2026-10-0{day}")))
        .collect();
    portal
        .deliver(&bundle("transaction", "2026-10-05T10:00:00Z", &[&[patient(&inger)], &letters[..]].concat()))
        .await;
    portal.mandate(&inger, &mette).await;
    (portal, inger, mette)
}

#[both]
async fn search_words_are_never_written_down(store: TestStore) {
    let (portal, inger, mette) = two(store).await;
    let journal = portal.journal_of(&inger.cpr, helsingor()).await.unwrap();
    let helper = portal.as_relative(&mette).await;
    helper.search(journal, "selvmordstanker").await.unwrap();
    let filter = Filter { kinds: vec![DocumentType::Letter], since: Some(NOW), ..Filter::default() };
    helper.page(journal, filter, Page::After(Place::TOP)).await.unwrap();
    let log = portal.as_citizen(&inger).await.log_page(journal, None).await.unwrap();
    let filters: Vec<Vec<&str>> = log
        .lines
        .iter()
        .map(|line| line.object.filters.iter().map(|filter| filter.code()).collect())
        .collect();
    assert_eq!(filters, [vec!["type", "period", "page"], vec!["words"]]);
    let everything = portal.store.clear_text();
    for word in ["selvmord", "Inger", "Holm", "Brev", inger.cpr.expose(), mette.cpr.expose()] {
        assert!(!everything.contains(word), "{word} stands in clear");
    }
}

#[both]
async fn every_answer_has_its_line_under_load(store: TestStore) {
    let (portal, inger, mette) = two(store).await;
    let journal = portal.journal_of(&inger.cpr, helsingor()).await.unwrap();
    let stranger = portal.person(1003, "Lone", "1972-08-09").await;
    let visitors = [
        portal.as_citizen(&inger).await,
        portal.as_relative(&mette).await,
        portal.as_relative(&stranger).await,
    ];
    let item = visitors[0].list(journal).await.unwrap().rows[0].head.id;
    let before = portal.store.log_lines().len();
    let tasks: Vec<_> = (0..300)
        .map(|number| {
            let visitor = visitors[number % 3].clone();
            tokio::spawn(async move {
                match number % 4 {
                    0 => visitor.list(journal).await.err(),
                    1 => visitor.open(journal, item).await.err(),
                    2 => visitor.search(journal, "brev").await.err(),
                    _ => visitor.front_page(journal).await.err(),
                }
            })
        })
        .collect();
    let (mut shown, mut refused) = (0, 0);
    for task in tasks {
        match task.await.unwrap() {
            None => shown += 1,
            Some(problem) => {
                assert_eq!(told(&problem), "not found");
                refused += 1;
            }
        }
    }
    assert_eq!((shown, refused), (200, 100));
    let lines = portal.store.log_lines().split_off(before);
    let count = |outcome: &str| lines.iter().filter(|line| line.contains(outcome)).count();
    assert_eq!(lines.len(), 300, "one line each, no more and no less");
    assert_eq!(count(r#""outcome":"shown""#), 200);
    assert_eq!(count(r#""outcome":"access.no_relation""#), 100);
}

#[both]
async fn what_cannot_be_logged_is_not_shown(store: TestStore) {
    let (portal, inger, _) = two(store).await;
    let journal = portal.journal_of(&inger.cpr, helsingor()).await.unwrap();
    let own = portal.as_citizen(&inger).await;
    let item = own.list(journal).await.unwrap().rows[0].head.id;
    portal.store.refuse_log_lines(true);
    for (what, answer) in own.every_read(journal, item, Page::After(Place::TOP)).await {
        assert_eq!(answer, "Broken(NotLogged)", "{what}");
    }
    let stranger = portal.as_relative(&portal.person(1003, "Lone", "1972-08-09").await).await;
    assert!(matches!(stranger.list(journal).await, Err(Problem::Broken(_))), "nor is a refusal told");
    let lines = portal.store.log_lines().len();
    portal.store.refuse_log_lines(false);
    assert!(own.open(journal, item).await.is_ok(), "and once it can be, all is well");
    assert_eq!(portal.store.log_lines().len(), lines + 1);
    assert!(!own.list(journal).await.unwrap().rows.is_empty());
}

#[both]
async fn a_mark_that_could_not_be_logged_was_not_made(store: TestStore) {
    let (portal, inger, _) = two(store).await;
    let journal = portal.journal_of(&inger.cpr, helsingor()).await.unwrap();
    let own = portal.as_citizen(&inger).await;
    let item = own.list(journal).await.unwrap().rows[0].head.id;
    portal.store.refuse_log_lines(true);
    assert!(own.open(journal, item).await.is_err());
    portal.store.refuse_log_lines(false);
    assert!(!own.list(journal).await.unwrap().rows[0].read);
    own.open(journal, item).await.unwrap();
    let rows = own.list(journal).await.unwrap().rows;
    assert_eq!(rows.iter().map(|row| row.read).collect::<Vec<_>>(), [true, false, false]);
    let unread = Filter { unread: true, ..Filter::default() };
    assert_eq!(own.page(journal, unread, Page::First).await.unwrap().rows.len(), 2);
}

#[both]
async fn the_citizen_sees_all_that_was_told_and_a_helper_their_own_acts(store: TestStore) {
    let (portal, inger, mette) = two(store).await;
    let journal = portal.journal_of(&inger.cpr, helsingor()).await.unwrap();
    let jens = portal.person(1003, "Jens", "1968-01-01").await;
    let mandate = portal.mandate(&inger, &jens).await;
    let (own, first, second) =
        (portal.as_citizen(&inger).await, portal.as_relative(&mette).await, portal.as_relative(&jens).await);
    first.list(journal).await.unwrap();
    second.list(journal).await.unwrap();
    portal.withdraw(mandate, &inger).await;
    assert!(second.list(journal).await.is_err());
    let stranger = portal.as_relative(&portal.person(1004, "Lone", "1972-08-09").await).await;
    assert!(stranger.list(journal).await.is_err());
    let seen = own.log(journal).await.unwrap();
    let expected = [
        "Jens document_list access.mandate.withdrawn",
        "Jens document_list shown",
        "Mette document_list shown",
    ];
    assert_eq!(seen, expected, "a stranger who guessed learns nothing and is no news");
    let helpers = first.log_page(journal, None).await.unwrap();
    assert!(!helpers.everybody && helpers.lines.iter().all(|line| line.actor == mette.id));
    assert_eq!(helpers.lines.len(), 1);
    assert!(
        told(&second.log_page(journal, None).await.err().unwrap()).starts_with("access.mandate.withdrawn")
    );
    let own_log = own.log_page(journal, None).await.unwrap();
    assert!(own_log.everybody);
}

#[both]
async fn lines_of_one_municipality_do_not_stand_in_another(store: TestStore) {
    let (portal, inger, _) = two(store).await;
    let here = portal.journal_of(&inger.cpr, helsingor()).await.unwrap();
    let there = portal.journal(&inger, randers()).await;
    let own = portal.as_role(&inger, Role::Citizen, randers()).await;
    own.list(there).await.unwrap();
    assert_eq!(own.log(there).await.unwrap(), ["Inger document_list shown"]);
    assert_eq!(own.log(here).await.unwrap(), Vec::<String>::new());
}

#[both]
async fn the_log_is_read_page_by_page_without_a_gap(store: TestStore) {
    let (portal, inger, mette) = two(store).await;
    let journal = portal.journal_of(&inger.cpr, helsingor()).await.unwrap();
    let (own, helper) = (portal.as_citizen(&inger).await, portal.as_relative(&mette).await);
    // A helper's lines lie far apart among the citizen's.
    for number in 0..150 {
        if number % 30 == 0 {
            helper.list(journal).await.unwrap();
        }
        own.list(journal).await.unwrap();
    }
    let helpers = helper.log_page(journal, None).await.unwrap();
    assert_eq!((helpers.lines.len(), helpers.older), (5, None));
    let (mut seen, mut before) = (Vec::new(), None);
    loop {
        let page = own.log_page(journal, before).await.unwrap();
        seen.extend(page.lines.into_iter().filter(|line| line.object.kind.code() == "document_list"));
        before = page.older;
        if before.is_none() {
            break;
        }
    }
    assert_eq!(seen.len(), 155);
    assert!(seen.is_sorted_by(|a, b| a.id > b.id), "newest first, none twice");
    assert!(seen.len() > access_log::PAGE);
}

#[both]
async fn what_was_not_there_to_be_shown_is_not_told_as_seen(store: TestStore) {
    let (portal, inger, mette) = two(store).await;
    let hidden = labelled(letter(&inger, "h", "Kun til Inger", "2026-10-09"), &["audience-citizen"]);
    portal.deliver(&bundle("transaction", "2026-10-10T10:00:00Z", &[patient(&inger), hidden])).await;
    let journal = portal.journal_of(&inger.cpr, helsingor()).await.unwrap();
    let (own, helper) = (portal.as_citizen(&inger).await, portal.as_relative(&mette).await);
    let item = own.list(journal).await.unwrap().rows[0].head.id;
    assert!(helper.open(journal, item).await.is_err() && helper.file(journal, item).await.is_err());
    assert_eq!(own.log(journal).await.unwrap(), ["Inger document_list shown"]);
    assert_eq!(portal.store.log_lines().len(), 4, "yet each question has its line");
}

#[both]
async fn the_log_tells_as_what_somebody_acted_whichever_door_they_came_in_by(store: TestStore) {
    let (portal, inger, mette) = two(store).await;
    let journal = portal.journal_of(&inger.cpr, helsingor()).await.unwrap();
    let as_citizen = portal.as_role(&mette, Role::Citizen, helsingor()).await;
    as_citizen.list(journal).await.unwrap();
    let log = portal.as_citizen(&inger).await.log_page(journal, None).await.unwrap();
    let told: Vec<_> = log.lines.iter().map(|line| (line.role, line.basis.map(BasisKind::code))).collect();
    assert_eq!(told, [(Role::Relative, Some("mandate"))]);
}
