//! Mine fuldmagter of people with many mandates: a page is loaded, nothing is lost between pages, and what is over comes
//! last.

use crate::act::*;
use crate::common::*;
use borgerportal_both::both;
use borgerportal_domain::ids::{MandateId, PersonId};
use borgerportal_domain::mandates::{Named, Party, Standing, SuspendReason};
use borgerportal_i18n::Lang;
use borgerportal_service::mandates::overview::{ON_A_PAGE, Overview, overview};
use borgerportal_service::mandates::register;
use borgerportal_store::mandates::listed::{self, Count};
use borgerportal_store::testing::TestStore;
use std::collections::BTreeSet;

impl Visitor {
    async fn page_of(&self, page: usize) -> Overview {
        self.look(move |tx, who| overview(tx, who, Lang::Da, page)).await.unwrap()
    }
}

/// Mette is given a mandate by so many, each a day longer than the one before; every third is stopped.
async fn helped_by(portal: &Portal, mette: &Somebody, givers: u16) -> Vec<MandateId> {
    let mut live = Vec::new();
    for number in 0..givers {
        let giver = portal.person(100 + number, "Inger", "1943-05-12").await;
        let hers = portal.as_citizen(&giver).await;
        let last = portal.day(30 + i64::from(number));
        let id = hers.give(named(mette), &[READ, CALENDAR], last).await.unwrap().mandate;
        if number.is_multiple_of(3) {
            hers.stop(id, None).await.unwrap();
        } else {
            live.push(id);
        }
    }
    live
}

#[both]
async fn live_ones_come_first_by_their_end_and_nothing_is_lost_between_pages(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let mette = portal.person(1, "Mette", "1975-02-03").await;
    let live = helped_by(&portal, &mette, 45).await;
    let hers = portal.as_relative(&mette).await;
    let (mut seen, mut sizes) = (Vec::new(), Vec::new());
    for page in 0..4 {
        let rows = hers.page_of(page).await.received;
        sizes.push(rows.len());
        seen.extend(rows.into_iter().map(|row| (row.id, row.standing, row.last_day, row.other)));
    }
    assert_eq!(sizes, [ON_A_PAGE, ON_A_PAGE, 5, 0]);
    assert_eq!(seen.iter().map(|row| row.0).collect::<BTreeSet<_>>().len(), 45, "each once");
    let (first, rest) = seen.split_at(live.len());
    assert_eq!(first.iter().map(|row| row.0).collect::<Vec<_>>(), live, "by their end");
    assert!(rest.iter().all(|row| row.1 == Standing::Withdrawn));
    assert!(rest.is_sorted_by(|one, next| one.2 >= next.2), "the newest of the ended ones first");
    assert!(seen.iter().all(|row| row.3 == "Inger Holm"), "with the names of their givers");
    let counts = hers.page_of(0).await.counts;
    assert_eq!(counts, (Count::default(), Count { all: 45, live: 30 }));
}

#[both]
async fn a_page_asks_as_little_of_the_database_however_many_there_are(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let mette = portal.person(1, "Mette", "1975-02-03").await;
    let asks = async || {
        let hers = portal.as_relative(&mette).await;
        let names = hers.look(|tx, who| {
            overview(tx, who, Lang::Da, 0)?;
            Ok(tx.statements().len())
        });
        names.await.unwrap()
    };
    helped_by(&portal, &mette, 4).await;
    let some = asks().await;
    for number in 0..24 {
        let giver = portal.person(200 + number, "Inger", "1943-05-12").await;
        portal.as_citizen(&giver).await.give(named(&mette), &[READ], portal.day(9)).await.unwrap();
    }
    assert_eq!(asks().await, some);
    assert!(some < 20, "{some}");
}

#[both]
async fn whoever_is_paused_planned_or_over_is_counted_as_such(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let inger = portal.person(1, "Inger", "1943-05-12").await;
    let mette = portal.person(2, "Mette", "1975-02-03").await;
    let hers = portal.as_citizen(&inger).await;
    let count = |who: PersonId, side| portal.read(move |tx| Ok(listed::count(tx, who, side)?));
    let one = hers.give(named(&mette), &[READ], portal.day(30)).await.unwrap().mandate;
    let review = portal.now().plus_days(9);
    portal.write(move |tx| register::suspend(tx, one, SuspendReason::Misuse, review)).await;
    assert_eq!(count(inger.id, Party::Giver).await, Count { all: 1, live: 1 }, "paused is not over");
    portal.write(move |tx| register::resume(tx, one)).await;
    hers.renew(one, portal.day(300)).await.unwrap();
    assert_eq!(count(mette.id, Party::Holder).await, Count { all: 2, live: 2 }, "the next one is planned");
    portal.days_later(40);
    assert_eq!(count(mette.id, Party::Holder).await, Count { all: 2, live: 1 }, "taken over");
    let rows = portal.as_citizen(&inger).await.overview().await.given;
    let standings: Vec<_> = rows.iter().map(|row| (row.standing, row.successor.is_some())).collect();
    assert_eq!(standings, [(Standing::Active, false), (Standing::Superseded, true)]);
    portal.days_later(400);
    assert_eq!(count(mette.id, Party::Holder).await, Count { all: 2, live: 0 });
}

#[both]
async fn of_many_requests_the_open_ones_and_the_newest_are_shown(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let inger = portal.person(1, "Inger", "1943-05-12").await;
    let bent = portal.person(2, "Bent", "1941-02-03").await;
    let open = portal.as_citizen(&bent).await.ask(named(&inger), &[READ], portal.day(90)).await.unwrap();
    for number in 0..52 {
        let his = portal.as_citizen(&bent).await;
        let other = Named::read("Ingen Ukendt", cpr_of(500 + number).expose(), "").unwrap();
        let request = his.ask(other, &[READ], portal.day(90)).await.unwrap().request;
        his.take_back(request).await.unwrap();
        portal.minutes_later(1);
    }
    let asked = portal.as_citizen(&bent).await.overview().await.asked;
    assert_eq!(
        (asked.len(), asked[0].id),
        (50, open.request),
        "the open one on top, though it is the oldest"
    );
    assert!(asked[1..].is_sorted_by(|one, next| one.sent_at >= next.sent_at));
}
