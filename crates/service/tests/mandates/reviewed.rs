//! A pause has a day by which somebody must have looked at it: operators see which day is past, the giver reads when and
//! why, and nobody else does.

use crate::act::*;
use crate::common::*;
use borgerportal_both::both;
use borgerportal_domain::ids::MandateId;
use borgerportal_domain::mandates::{AnnulReason, Decided, SuspendReason};
use borgerportal_domain::time::copenhagen_end_of;
use borgerportal_i18n::Lang;
use borgerportal_service::mandates::{due, number, register, show};
use borgerportal_store::testing::TestStore;

impl Portal {
    /// The pauses as days from now and whether they are past, and how many are.
    async fn pauses(&self) -> (Vec<(MandateId, bool)>, i64) {
        let pauses = self.read(|tx| due::paused(tx, 9)).await;
        let missed = self.read(due::reviews_missed).await;
        (pauses.into_iter().map(|one| (one.mandate, one.overdue)).collect(), missed)
    }

    async fn pause(&self, mandate: MandateId, days: i64) {
        let review_by = copenhagen_end_of(self.day(days));
        self.write(move |tx| register::suspend(tx, mandate, SuspendReason::Misuse, review_by)).await;
    }
}

impl Visitor {
    async fn decided(&self, mandate: MandateId) -> Option<Decided> {
        self.look(move |tx, who| show(tx, who, mandate, Lang::Da)).await.unwrap().decided
    }
}

#[both]
async fn a_pause_past_its_day_is_noted_until_somebody_decides(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let inger = portal.person(1, "Inger", "1943-05-12").await;
    let hers = portal.as_citizen(&inger).await;
    let mut ids = Vec::new();
    for (other, days) in [(2, 9), (3, 4), (4, 4)] {
        let other = portal.person(other, "Mette", "1975-02-03").await;
        // Two items: a pause is one all the same.
        let given = hers.give(named(&other), &[READ, CALENDAR], portal.day(30)).await.unwrap();
        portal.pause(given.mandate, days).await;
        ids.push(given.mandate);
    }
    let (late, soon, stopped) = (ids[0], ids[1], ids[2]);
    let id = portal.person(5, "Bo", "1975-02-03").await;
    hers.give(named(&id), &[READ], portal.day(30)).await.unwrap();
    hers.stop(stopped, None).await.unwrap();
    assert_eq!(portal.pauses().await, (vec![(soon, false), (late, false)], 0));
    let said = portal.read(|tx| due::paused(tx, 1)).await;
    assert_eq!((said[0].number.clone(), said[0].review_on), (number(soon.uuid()), portal.day(4)));
    portal.days_later(5);
    assert_eq!(portal.pauses().await, (vec![(soon, true), (late, false)], 1));
    portal.write(move |tx| register::resume(tx, soon)).await;
    assert_eq!(portal.pauses().await, (vec![(late, false)], 0));
    portal.days_later(9);
    assert_eq!(portal.pauses().await, (vec![(late, true)], 1));
    portal.days_later(30);
    assert_eq!(portal.pauses().await, (vec![], 0), "a mandate that has run out needs nobody");
}

#[both]
async fn the_giver_alone_reads_why_and_until_when(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let inger = portal.person(1, "Inger", "1943-05-12").await;
    let mette = portal.person(2, "Mette", "1975-02-03").await;
    let id =
        portal.as_citizen(&inger).await.give(named(&mette), &[READ], portal.day(60)).await.unwrap().mandate;
    let decided = async || {
        let (hers, mettes) = (portal.as_citizen(&inger).await, portal.as_relative(&mette).await);
        (hers.decided(id).await, mettes.decided(id).await)
    };
    assert_eq!(decided().await, (None, None));
    portal.pause(id, 4).await;
    let (reason, review_on) = (SuspendReason::Misuse, portal.day(4));
    assert_eq!(decided().await, (Some(Decided::Paused { reason, review_on, overdue: false }), None));
    portal.days_later(5);
    assert_eq!(decided().await, (Some(Decided::Paused { reason, review_on, overdue: true }), None));
    let reason = AnnulReason::Guardianship;
    portal.write(move |tx| register::annul(tx, id, reason)).await;
    assert_eq!(decided().await, (Some(Decided::Ended { reason }), None));
}
