//! What the one who is asked is shown of what a helper would see: never more than the rule would then let them see.

use crate::act::*;
use crate::common::*;
use borgerportal_both::both;
use borgerportal_domain::access::{Block, Blocked};
use borgerportal_domain::ids::RequestId;
use borgerportal_i18n::Lang;
use borgerportal_service::preview::see_as_helper;
use borgerportal_store::testing::TestStore;

impl Visitor {
    /// How many documents, and the titles; nothing where the rights cover none.
    async fn previews(&self, request: RequestId) -> Option<(usize, Vec<String>)> {
        let places = self.portal.app.municipalities.clone();
        let see = move |tx: &borgerportal_store::tx::Tx<'_>, who: &_| {
            see_as_helper(tx, &places, who, request, Lang::Da)
        };
        let (_, seen) = self.portal.app.search_as(&self.token, see).await.unwrap();
        seen.map(|seen| (seen.count, seen.newest.into_iter().map(|head| head.title.clone()).collect()))
    }
}

/// Inger with one letter in Helsingør, and Bent who has asked for these rights.
async fn asked(portal: &Portal, codes: &[&str]) -> (Somebody, Somebody, RequestId) {
    let inger = portal.person(1, "Inger", "1943-05-12").await;
    let bent = portal.person(2, "Bent", "1941-02-03").await;
    portal.journal(&inger, helsingor()).await;
    let letter = letter(&inger, "d1", "Brev om genoptræning", "2026-10-01");
    portal.deliver(&bundle("transaction", "2026-10-02T10:00:00Z", &[patient(&inger), letter])).await;
    let request = portal.as_citizen(&bent).await.ask(named(&inger), codes, portal.day(90)).await.unwrap();
    (inger, bent, request.request)
}

#[expect(clippy::unnecessary_wraps, reason = "as a preview says it, which can also be nothing")]
fn one() -> Option<(usize, Vec<String>)> {
    Some((1, vec!["Brev om genoptræning".to_owned()]))
}

#[both]
async fn what_is_shown_is_what_a_yes_would_open(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let (inger, bent, request) = asked(&portal, &[READ]).await;
    let hers = portal.as_citizen(&inger).await;
    assert_eq!(hers.previews(request).await, one());
    let journal = portal.journal_of(&inger.cpr, helsingor()).await.unwrap();
    hers.approve(request, &[READ], portal.day(90)).await.unwrap();
    assert_eq!(portal.as_relative(&bent).await.titles(journal).await, Ok(one().unwrap().1));
}

#[both]
async fn rights_that_cover_no_documents_show_none(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let (inger, _, request) = asked(&portal, &[CALENDAR]).await;
    assert_eq!(portal.as_citizen(&inger).await.previews(request).await, None);
}

#[both]
async fn whom_the_municipality_shuts_out_would_see_nothing(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let (inger, bent, from_bent) = asked(&portal, &[READ]).await;
    let lone = portal.person(3, "Lone", "1972-08-09").await;
    let from_lone = portal.as_citizen(&lone).await.ask(named(&inger), &[READ], portal.day(90)).await.unwrap();
    let (hers, now) = (portal.as_citizen(&inger).await, portal.now());
    let block =
        |blocked, days: i64| Block { blocked, from: now.plus_days(-9), until: Some(now.plus_days(days)) };
    portal.block(&inger, helsingor(), block(Blocked::Person(bent.id), 30)).await;
    assert_eq!(hers.previews(from_bent).await, Some((0, vec![])), "he would be refused");
    assert_eq!(hers.previews(from_lone.request).await, one(), "and she would not");
    portal.block(&inger, helsingor(), block(Blocked::Person(lone.id), -1)).await;
    assert_eq!(hers.previews(from_lone.request).await, one(), "what is over shuts nobody out");
    portal.block(&inger, helsingor(), block(Blocked::AllOthers, 30)).await;
    assert_eq!(hers.previews(from_lone.request).await, Some((0, vec![])));
}

#[both]
async fn where_own_mandates_do_not_count_or_the_package_is_not_in_use_nothing_is_shown(store: TestStore) {
    let national = format!("[access]\nmandate_source = \"nemlogin\"\n{OPEN}");
    let portal = Portal::with_packages_and(store, &national).await;
    let (inger, _, request) = asked(&portal, &[READ]).await;
    let hers = portal.as_citizen(&inger).await;
    assert_eq!(hers.previews(request).await, Some((0, vec![])), "Helsingør takes the national ones alone");
    portal.journal(&inger, randers()).await;
    assert_eq!(hers.previews(request).await, Some((0, vec![])), "an empty journal where they count");
}

#[both]
async fn a_package_that_is_not_active_in_a_municipality_shows_nothing_of_it(store: TestStore) {
    let portal = Portal::open(store);
    portal.import(FILES[0]).await;
    let only_randers = "municipality;package;from;to\n0730;kl.social-og-sundhedsportal.laese;2024-01-01;\n";
    portal.import(only_randers).await;
    portal.import(FILES[2]).await;
    let (inger, _, request) = asked(&portal, &[READ]).await;
    let hers = portal.as_citizen(&inger).await;
    assert_eq!(hers.previews(request).await, Some((0, vec![])), "the letter is Helsingør's");
    portal.import(&only_randers.replace("0730", "0217")).await;
    assert_eq!(hers.previews(request).await, one());
}

#[both]
async fn nobody_previews_a_request_to_somebody_else(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let (_, bent, request) = asked(&portal, &[READ]).await;
    let places = portal.app.municipalities.clone();
    let his = portal.as_citizen(&bent).await;
    let seen = his.look(move |tx, who| see_as_helper(tx, &places, who, request, Lang::Da).map(|_| ())).await;
    assert_eq!(seen.unwrap_err(), "not found");
}
