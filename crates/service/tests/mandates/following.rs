//! What was signed to follow: it never gives more than what it follows, and it stands in nobody's way.

use crate::act::*;
use crate::common::*;
use borgerportal_both::both;
use borgerportal_domain::mandates::{Standing, SuspendReason};
use borgerportal_service::mandates::{MandateRow, register};
use borgerportal_store::testing::TestStore;

fn row(rows: &[MandateRow], id: borgerportal_domain::ids::MandateId) -> &MandateRow {
    rows.iter().find(|row| row.id == id).unwrap()
}

#[both]
async fn a_right_she_stopped_does_not_come_back_with_the_renewal(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let inger = portal.person(1, "Inger", "1943-05-12").await;
    let mette = portal.person(2, "Mette", "1975-02-03").await;
    let journal = portal.journal(&inger, helsingor()).await;
    let hers = portal.as_citizen(&inger).await;
    let old = hers.give(named(&mette), &[READ, CALENDAR], portal.day(20)).await.unwrap().mandate;
    let new = hers.renew(old, portal.day(200)).await.unwrap().mandate;
    let versions = hers.versions().await;
    assert_eq!(hers.stop(old, Some(versions[READ])).await, Ok(false));
    let rows = hers.overview().await.given;
    let standings = |id| row(&rows, id).items.iter().map(|item| item.standing).collect::<Vec<_>>();
    let mut follows = standings(new);
    follows.sort();
    assert_eq!(follows, [Standing::Planned, Standing::Withdrawn]);
    portal.days_later(30);
    let helper = portal.as_relative(&mette).await;
    assert_eq!(helper.titles(journal).await.unwrap_err(), "access.mandate.not_covered Inger Holm");
    let hers = portal.as_citizen(&inger).await;
    assert_eq!(row(&hers.overview().await.given, new).standing, Standing::Active, "the calendar goes on");
}

#[both]
async fn stopping_every_right_one_by_one_stops_the_renewal(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let inger = portal.person(1, "Inger", "1943-05-12").await;
    let mette = portal.person(2, "Mette", "1975-02-03").await;
    let hers = portal.as_citizen(&inger).await;
    let old = hers.give(named(&mette), &[READ, CALENDAR], portal.day(20)).await.unwrap().mandate;
    let new = hers.renew(old, portal.day(200)).await.unwrap().mandate;
    let versions = hers.versions().await;
    for (code, all) in [(READ, false), (CALENDAR, true)] {
        assert_eq!(hers.stop(old, Some(versions[code])).await, Ok(all));
    }
    let rows = hers.overview().await.given;
    assert_eq!(
        (row(&rows, old).standing, row(&rows, new).standing),
        (Standing::Withdrawn, Standing::Withdrawn)
    );
}

#[both]
async fn a_doubt_ends_where_what_follows_was_resumed_before(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let inger = portal.person(1, "Inger", "1943-05-12").await;
    let mette = portal.person(2, "Mette", "1975-02-03").await;
    let hers = portal.as_citizen(&inger).await;
    let old = hers.give(named(&mette), &[READ], portal.day(20)).await.unwrap().mandate;
    let new = hers.renew(old, portal.day(200)).await.unwrap().mandate;
    let review_by = portal.now().plus_days(14);
    let standings = async || {
        let rows = portal.as_citizen(&inger).await.overview().await.given;
        (row(&rows, old).standing, row(&rows, new).standing)
    };
    portal.write(move |tx| register::suspend(tx, new, SuspendReason::Evidence, review_by)).await;
    portal.write(move |tx| register::suspend(tx, old, SuspendReason::Evidence, review_by)).await;
    assert_eq!(standings().await, (Standing::Suspended, Standing::Suspended), "the other was paused before");
    portal.write(move |tx| register::resume(tx, new)).await;
    portal.write(move |tx| register::resume(tx, old)).await;
    assert_eq!(standings().await, (Standing::Active, Standing::Planned), "the other was resumed before");
}
