//! Asking and giving again and again: counted by what was typed, whoever that is and whatever came of it.

use crate::act::*;
use crate::common::*;
use borgerportal_both::both;
use borgerportal_domain::mandates::Named;
use borgerportal_store::testing::TestStore;

#[both]
async fn who_takes_back_and_asks_anew_is_stopped_whether_or_not_there_is_anybody(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let inger = portal.person(1, "Inger", "1943-05-12").await;
    let bent = portal.person(2, "Bent", "1941-02-03").await;
    let his = portal.as_citizen(&bent).await;
    for other in [named(&inger), Named::read("Inger Holm", cpr_of(999).expose(), "").unwrap()] {
        for _ in 0..6 {
            let request = his.ask(other.clone(), &[READ], portal.day(90)).await.unwrap().request;
            his.take_back(request).await.unwrap();
        }
        let seventh = his.ask(other, &[READ], portal.day(90)).await;
        assert_eq!(seventh.unwrap_err(), "mandates.ask.too_often");
    }
    portal.days_later(31);
    assert!(portal.as_citizen(&bent).await.ask(named(&inger), &[READ], portal.day(90)).await.is_ok());
}

#[both]
async fn three_at_a_time_to_the_same(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let inger = portal.person(1, "Inger", "1943-05-12").await;
    let bent = portal.person(2, "Bent", "1941-02-03").await;
    let his = portal.as_citizen(&bent).await;
    for code in [READ, CALENDAR, CONTACT] {
        his.ask(named(&inger), &[code], portal.day(90)).await.unwrap();
    }
    assert_eq!(his.ask(named(&inger), &[ACT], portal.day(90)).await.unwrap_err(), "mandates.ask.too_often");
}

#[both]
async fn a_mandate_given_and_stopped_ten_times_is_enough_for_a_month(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let inger = portal.person(1, "Inger", "1943-05-12").await;
    let hers = portal.as_citizen(&inger).await;
    let other = Named::read("Helle Jensen", cpr_of(900).expose(), "").unwrap();
    for _ in 0..10 {
        let id = hers.give(other.clone(), &[READ], portal.day(30)).await.unwrap().mandate;
        hers.stop(id, None).await.unwrap();
    }
    assert_eq!(hers.give(other, &[READ], portal.day(30)).await.unwrap_err(), "mandates.give.too_often");
}
