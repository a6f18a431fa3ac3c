//! Doubt whether a person understands: it cannot be walked around, and it ends.

use crate::act::*;
use crate::common::*;
use borgerportal_both::both;
use borgerportal_domain::mandates::{Standing, SuspendReason};
use borgerportal_domain::time::Date;
use borgerportal_i18n::Lang;
use borgerportal_service::mandates::{register, requests};
use borgerportal_store::testing::TestStore;

const DOUBTED: &str = "mandates.sign.doubted";

#[both]
async fn who_is_doubted_cannot_take_back_a_paused_mandate_and_give_it_again(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let inger = portal.person(1, "Inger", "1943-05-12").await;
    let mette = portal.person(2, "Mette", "1975-02-03").await;
    let bent = portal.person(3, "Bent", "1941-02-03").await;
    let hers = portal.as_citizen(&inger).await;
    let id = hers.give(named(&mette), &[READ], portal.day(30)).await.unwrap().mandate;
    let other = hers.give(named(&bent), &[CALENDAR], portal.day(30)).await.unwrap().mandate;
    let review_by = portal.now().plus_days(14);
    portal.write(move |tx| register::suspend(tx, id, SuspendReason::Capacity, review_by)).await;
    hers.stop(id, None).await.unwrap();
    assert_eq!(hers.give(named(&mette), &[READ], portal.day(30)).await.unwrap_err(), DOUBTED);
    assert_eq!(hers.renew(other, portal.day(300)).await.unwrap_err(), DOUBTED);
    let request =
        portal.as_citizen(&bent).await.ask(named(&inger), &[READ], portal.day(90)).await.unwrap().request;
    assert_eq!(hers.approve(request, &[READ], portal.day(9)).await.unwrap_err(), DOUBTED);
    let view = hers.look(move |tx, who| requests::show(tx, who, request, Lang::Da)).await.unwrap();
    assert_eq!(view.closed, Some(DOUBTED));
    let giver = inger.id;
    portal.write(move |tx| register::capacity_trusted(tx, giver)).await;
    assert!(hers.approve(request, &[READ], portal.day(9)).await.is_ok());
}

#[both]
async fn a_pause_for_another_reason_doubts_nobody_and_a_resumed_one_no_more(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let inger = portal.person(1, "Inger", "1943-05-12").await;
    let mette = portal.person(2, "Mette", "1975-02-03").await;
    let hers = portal.as_citizen(&inger).await;
    let id = hers.give(named(&mette), &[READ], portal.day(30)).await.unwrap().mandate;
    let review_by = portal.now().plus_days(14);
    for (reason, code, answer) in [
        (SuspendReason::Evidence, CALENDAR, Ok(())),
        (SuspendReason::Capacity, CONTACT, Err(DOUBTED.to_owned())),
    ] {
        portal.write(move |tx| register::suspend(tx, id, reason, review_by)).await;
        let given = hers.give(named(&mette), &[code], portal.day(30)).await;
        assert_eq!(given.map(|_| ()), answer);
        portal.write(move |tx| register::resume(tx, id)).await;
    }
    assert!(hers.give(named(&mette), &[CONTACT], portal.day(30)).await.is_ok());
}

#[both]
async fn a_corrected_birth_date_of_a_grown_up_ends_nothing(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let inger = portal.person(1, "Inger", "1943-05-12").await;
    let mette = portal.person(2, "Mette", "1975-02-03").await;
    let hers = portal.as_citizen(&inger).await;
    hers.give(named(&mette), &[READ], portal.day(30)).await.unwrap();
    let id = inger.id;
    for (born, standing) in [
        (Date::constant(1944, 5, 12), Standing::Active),
        (Date::constant(2011, 11, 3), Standing::Active),
        (Date::constant(2011, 11, 4), Standing::Annulled),
    ] {
        portal.write(move |tx| register::under_age(tx, id, born)).await;
        let received = portal.as_relative(&mette).await.overview().await.received;
        assert_eq!(received[0].standing, standing, "{born}");
    }
}
