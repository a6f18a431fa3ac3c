//! A form sent twice is answered once, and its answer is for the person who sent it: whoever knows the id of somebody
//! else's errand learns nothing by it.

use crate::common::*;
use borgerportal_both::both;
use borgerportal_domain::ids::ErrandId;
use borgerportal_service::Problem;
use borgerportal_store::testing::TestStore;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Writes "answer of NAME" under this id; how often it ran is counted.
async fn write(
    who: &Visitor,
    (errand, id): (&str, ErrandId),
    allowed: bool,
    ran: &Arc<AtomicUsize>,
) -> Result<String, Problem> {
    let ran = Arc::clone(ran);
    let may_ask = move |_: &borgerportal_service::sessions::SignedIn| {
        if allowed { Ok(()) } else { Err(Problem::Stale) }
    };
    let answer = who.portal.app.write_as(&who.token, (errand, id), may_ask, move |_, who| {
        ran.fetch_add(1, Ordering::SeqCst);
        Ok(format!("answer of {}", who.caller.actor))
    });
    answer.await
}

#[both]
async fn somebody_elses_errand_is_another_errand(store: TestStore) {
    let portal = Portal::open(store);
    let inger = portal.person(1, "Inger", "1943-05-12").await;
    let mette = portal.person(2, "Mette", "1975-02-03").await;
    let (hers, other) = (portal.as_citizen(&inger).await, portal.as_citizen(&mette).await);
    let (id, ran) = (ErrandId::from_bytes([7; 16]), Arc::new(AtomicUsize::new(0)));
    let first = write(&hers, ("/fuldmagter/giv", id), true, &ran).await.unwrap();
    assert_eq!(write(&hers, ("/fuldmagter/giv", id), true, &ran).await.unwrap(), first);
    assert_eq!(ran.load(Ordering::SeqCst), 1, "once, and answered twice");
    let theirs = write(&other, ("/fuldmagter/giv", id), true, &ran).await.unwrap();
    assert_eq!(theirs, format!("answer of {}", mette.id));
    let elsewhere = write(&hers, ("/fuldmagter/bed-om", id), true, &ran).await.unwrap();
    assert_eq!((elsewhere, ran.load(Ordering::SeqCst)), (first, 3), "another errand of the same form");
}

#[both]
async fn the_same_person_after_a_new_log_in_gets_the_first_answer(store: TestStore) {
    let portal = Portal::open(store);
    let inger = portal.person(1, "Inger", "1943-05-12").await;
    let (id, ran) = (ErrandId::from_bytes([7; 16]), Arc::new(AtomicUsize::new(0)));
    let mut answers = Vec::new();
    for _ in 0..2 {
        let hers = portal.as_citizen(&inger).await;
        answers.push(write(&hers, ("/fuldmagter/giv", id), true, &ran).await.unwrap());
        portal.minutes_later(10);
    }
    assert_eq!(answers[0], answers[1]);
    assert_eq!(ran.load(Ordering::SeqCst), 1);
}

#[both]
async fn who_may_not_ask_is_not_answered_from_memory(store: TestStore) {
    let portal = Portal::open(store);
    let inger = portal.person(1, "Inger", "1943-05-12").await;
    let hers = portal.as_citizen(&inger).await;
    let (errand, ran) = (("/fuldmagter/giv", ErrandId::from_bytes([7; 16])), Arc::new(AtomicUsize::new(0)));
    assert!(matches!(write(&hers, errand, false, &ran).await, Err(Problem::Stale)));
    assert_eq!(ran.load(Ordering::SeqCst), 0);
    write(&hers, errand, true, &ran).await.unwrap();
    assert!(matches!(write(&hers, errand, false, &ran).await, Err(Problem::Stale)), "the form is not hers");
    portal.minutes_later(24 * 60);
    assert!(matches!(write(&hers, errand, true, &ran).await, Err(Problem::NoSession)), "she has logged out");
    assert_eq!(ran.load(Ordering::SeqCst), 1);
}
