//! Requests on the front page: they wait for the citizen, under the name that was typed, and nobody else hears of them.

use crate::act::*;
use crate::common::*;
use borgerportal_both::both;
use borgerportal_domain::ids::JournalId;
use borgerportal_domain::mandates::Named;
use borgerportal_service::front_page;
use borgerportal_store::testing::TestStore;

/// Inger with her journal, and Bent.
async fn pair(portal: &Portal) -> (Somebody, Somebody, JournalId) {
    let inger = portal.person(1, "Inger", "1943-05-12").await;
    let bent = portal.person(2, "Bent", "1941-02-03").await;
    let journal = portal.journal(&inger, helsingor()).await;
    (inger, bent, journal)
}

async fn seen(visitor: &Visitor, journal: JournalId) -> Vec<String> {
    visitor.latest(journal).await.unwrap().0
}

#[both]
async fn a_request_waits_until_it_is_answered_taken_back_or_lapses(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let (inger, bent, journal) = pair(&portal).await;
    let (hers, his) = (portal.as_citizen(&inger).await, portal.as_citizen(&bent).await);
    let ask = async || his.ask(named(&inger), &[READ], portal.day(90)).await.unwrap().request;
    let first = ask().await;
    let page = hers.front_page(journal).await.unwrap().news.unwrap();
    let waiting = &hers.overview().await.waiting[0];
    assert_eq!((page.asked[0].id, page.asked[0].answer_by), (waiting.id, waiting.answer_by));
    assert_eq!(page.asked[0].name.full(), "Bent Holm");
    his.take_back(first).await.unwrap();
    assert_eq!(seen(&hers, journal).await, Vec::<String>::new());
    hers.decline(ask().await).await.unwrap();
    assert_eq!(seen(&hers, journal).await, Vec::<String>::new());
    let last = ask().await;
    assert_eq!(seen(&hers, journal).await, ["Bent asks"]);
    portal.days_later(40);
    let later = portal.as_citizen(&inger).await;
    assert_eq!(seen(&later, journal).await, Vec::<String>::new(), "{last} lapsed, though no job has seen it");
}

#[both]
async fn nobody_else_hears_of_it_and_nobody_loads_what_can_be_asked_for(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let (inger, bent, journal) = pair(&portal).await;
    let mette = portal.person(3, "Mette", "1975-02-03").await;
    portal.mandate(&inger, &mette).await;
    let (hers, helper) = (portal.as_citizen(&inger).await, portal.as_relative(&mette).await);
    portal.as_citizen(&bent).await.ask(named(&inger), &[READ], portal.day(90)).await.unwrap();
    assert_eq!(seen(&helper, journal).await, Vec::<String>::new());
    for (visitor, asks) in [(&hers, true), (&helper, false)] {
        let places = portal.app.municipalities.clone();
        let statements = visitor.look(move |tx, who| {
            front_page::front_page(tx, &places, who, journal)?;
            Ok(tx.statements().into_iter().map(str::to_owned).collect::<Vec<_>>())
        });
        let statements = statements.await.unwrap();
        let count = |name: &str| statements.iter().filter(|one| one.as_str() == name).count();
        assert_eq!(count("mandates/requests_to"), usize::from(asks), "{statements:?}");
        assert_eq!(count("mandates/package_catalogue"), 0, "{statements:?}");
    }
}

#[both]
async fn a_request_under_another_name_is_not_hers(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let (inger, bent, journal) = pair(&portal).await;
    let other = Named { name: "Helle Jensen".to_owned(), ..named(&inger) };
    portal.as_citizen(&bent).await.ask(other, &[READ], portal.day(90)).await.unwrap();
    let hers = portal.as_citizen(&inger).await;
    assert_eq!(seen(&hers, journal).await, Vec::<String>::new());
}

#[both]
async fn three_stand_there_the_oldest_first(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let (inger, _, journal) = pair(&portal).await;
    for (number, name) in (10..).zip(["Anna", "Bodil", "Carl", "Dorte"]) {
        let asks = portal.person(number, name, "1970-02-03").await;
        portal.as_citizen(&asks).await.ask(named(&inger), &[READ], portal.day(90)).await.unwrap();
        portal.minutes_later(1);
    }
    let hers = portal.as_citizen(&inger).await;
    assert_eq!(seen(&hers, journal).await, ["Anna asks", "Bodil asks", "Carl asks"]);
    assert_eq!(hers.overview().await.waiting.len(), 4);
}

#[both]
async fn a_municipality_that_takes_none_of_ours_does_not_speak_of_them(store: TestStore) {
    let settings = format!("[access]\nmandate_source = \"nemlogin\"\n{OPEN}");
    let portal = Portal::with_packages_and(store, &settings).await;
    let (inger, bent, journal) = pair(&portal).await;
    portal.as_citizen(&bent).await.ask(named(&inger), &[READ], portal.day(90)).await.unwrap();
    let hers = portal.as_citizen(&inger).await;
    assert_eq!(hers.overview().await.waiting.len(), 1, "Randers takes them");
    assert_eq!(seen(&hers, journal).await, Vec::<String>::new());
}
