//! Renewing: a signed successor that begins where the old one ends.

use crate::act::*;
use crate::common::*;
use borgerportal_both::both;
use borgerportal_domain::mandates::{AnnulReason, Standing, SuspendReason};
use borgerportal_domain::time::copenhagen_end_of;
use borgerportal_service::jobs;
use borgerportal_service::mandates::register;
use borgerportal_store::testing::TestStore;

#[both]
async fn a_successor_takes_over_the_moment_the_old_one_ends(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let inger = portal.person(1, "Inger", "1943-05-12").await;
    let mette = portal.person(2, "Mette", "1975-02-03").await;
    let journal = portal.journal(&inger, helsingor()).await;
    let last_day = portal.day(100);
    let old = portal.as_citizen(&inger).await.give(named(&mette), &[READ], last_day).await.unwrap().mandate;
    let early = portal.as_citizen(&inger).await.renew(old, portal.day(300)).await;
    assert_eq!(early.unwrap_err(), "mandates.not_renewable", "not before sixty days before the end");
    portal.days_later(41);
    let hers = portal.as_citizen(&inger).await;
    assert_eq!(
        portal.as_citizen(&mette).await.renew(old, portal.day(300)).await.unwrap_err(),
        "mandates.not_renewable"
    );
    let new = hers.renew(old, portal.day(300)).await.unwrap().mandate;
    assert_eq!(hers.renew(old, portal.day(300)).await.unwrap_err(), "mandates.not_renewable", "once");
    let rows = hers.overview().await.given;
    let row = |id| rows.iter().find(|row| row.id == id).unwrap();
    assert_eq!((row(old).standing, row(old).successor), (Standing::Active, Some(new)));
    assert_eq!((row(new).standing, row(new).other.as_str()), (Standing::Planned, "Mette Holm"));
    let end = copenhagen_end_of(last_day);
    for (at, states) in [
        (end.plus_minutes(-1), (Standing::Active, Standing::Planned)),
        (end, (Standing::Superseded, Standing::Active)),
    ] {
        portal.app.clock.set(at);
        let rows = portal.as_citizen(&inger).await.overview().await.given;
        let row = |id| rows.iter().find(|row| row.id == id).unwrap().standing;
        assert_eq!((row(old), row(new)), states);
        assert_eq!(portal.as_relative(&mette).await.titles(journal).await, Ok(vec![]), "no gap");
    }
}

#[both]
async fn givers_are_reminded_twice_and_not_again(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let inger = portal.person(1, "Inger", "1943-05-12").await;
    let mette = portal.person(2, "Mette", "1975-02-03").await;
    portal.as_citizen(&inger).await.give(named(&mette), &[READ], portal.day(40)).await.unwrap();
    portal.as_citizen(&inger).await.give(named(&mette), &[CALENDAR], portal.day(5)).await.unwrap();
    for days in [0, 12, 1, 15, 6, 1, 10] {
        portal.days_later(days);
        jobs::due(&portal.app).await.unwrap();
        jobs::due(&portal.app).await.unwrap();
    }
    let (told, _) = portal.told_to().await;
    let count = |kind: &str| told.iter().filter(|one| one.starts_with(kind)).count();
    assert_eq!((count("mandate_renewal_due_30"), count("mandate_renewal_due_7")), (1, 1), "{told:?}");
}

#[both]
async fn stopping_the_old_one_stops_its_successor_and_dropping_the_successor_keeps_the_old(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let inger = portal.person(1, "Inger", "1943-05-12").await;
    let mette = portal.person(2, "Mette", "1975-02-03").await;
    let hers = portal.as_citizen(&inger).await;
    let old = hers.give(named(&mette), &[READ], portal.day(20)).await.unwrap().mandate;
    let first = hers.renew(old, portal.day(200)).await.unwrap().mandate;
    hers.stop(first, None).await.unwrap();
    let rows = hers.overview().await.given;
    let standing = |rows: &[borgerportal_service::mandates::MandateRow], id| {
        rows.iter().find(|row| row.id == id).unwrap().standing
    };
    assert_eq!((standing(&rows, old), standing(&rows, first)), (Standing::Active, Standing::Withdrawn));
    let second = hers.renew(old, portal.day(200)).await.unwrap().mandate;
    hers.stop(old, None).await.unwrap();
    let rows = hers.overview().await.given;
    assert_eq!((standing(&rows, old), standing(&rows, second)), (Standing::Withdrawn, Standing::Withdrawn));
}

#[both]
async fn a_doubt_reaches_what_was_signed_to_follow(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let inger = portal.person(1, "Inger", "1943-05-12").await;
    let mette = portal.person(2, "Mette", "1975-02-03").await;
    let journal = portal.journal(&inger, helsingor()).await;
    let hers = portal.as_citizen(&inger).await;
    let old = hers.give(named(&mette), &[READ], portal.day(20)).await.unwrap().mandate;
    hers.renew(old, portal.day(200)).await.unwrap();
    let review_by = portal.now().plus_days(60);
    portal.write(move |tx| register::suspend(tx, old, SuspendReason::Capacity, review_by)).await;
    portal.days_later(30);
    let refused = portal.as_relative(&mette).await.titles(journal).await.unwrap_err();
    assert!(refused.starts_with("access.mandate.suspended"), "{refused}");
    let again = portal.as_citizen(&inger).await;
    assert_eq!(again.renew(old, portal.day(300)).await.unwrap_err(), "mandates.not_renewable");
    portal.write(move |tx| register::annul(tx, old, AnnulReason::Capacity).or(Ok(()))).await;
}
