//! Drafts: their writer's alone, one question after the other, and never more than a person can mean.

use crate::act::*;
use crate::common::*;
use borgerportal_both::both;
use borgerportal_domain::ids::DraftId;
use borgerportal_domain::mandates::{DraftKind, Named};
use borgerportal_service::mandates::drafts;
use borgerportal_store::testing::TestStore;

const NOT_YET: &str = "mandates.draft.not_yet";

#[both]
async fn no_question_is_answered_before_those_it_hangs_on(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let inger = portal.person(1, "Inger", "1943-05-12").await;
    let his = portal.as_citizen(&portal.person(2, "Bent", "1941-02-03").await).await;
    let (chosen, day) = (his.chosen(&[READ]).await, portal.day(30));
    for kind in [DraftKind::Ask, DraftKind::Give] {
        let id = his.write(move |tx, who| drafts::start(tx, who, kind)).await.unwrap();
        let rights = async || {
            let chosen = chosen.clone();
            his.write(move |tx, who| drafts::save_packages(tx, who, id, &chosen).map(|_| ())).await
        };
        let period =
            async || his.write(move |tx, who| drafts::save_period(tx, who, id, day).map(|_| ())).await;
        let sending =
            async || his.write(move |tx, who| drafts::save_sending(tx, who, id, true).map(|_| ())).await;
        let not_yet = || Err(NOT_YET.to_owned());
        assert_eq!((rights().await, period().await, sending().await), (not_yet(), not_yet(), not_yet()));
        let whom = named(&inger);
        his.write(move |tx, who| drafts::save_person(tx, who, id, &whom).map(|_| ())).await.unwrap();
        assert_eq!((period().await, sending().await), (not_yet(), not_yet()), "{kind:?}");
        rights().await.unwrap();
        assert_eq!(sending().await, not_yet(), "{kind:?}");
        period().await.unwrap();
        // Only a request is sent somewhere.
        assert_eq!(sending().await, if kind == DraftKind::Ask { Ok(()) } else { not_yet() }, "{kind:?}");
        assert_eq!(rights().await, Ok(()), "an earlier answer may be changed");
    }
}

#[both]
async fn a_person_has_twenty_drafts_and_loses_the_oldest_to_the_next(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let inger = portal.person(1, "Inger", "1943-05-12").await;
    let bent = portal.person(2, "Bent", "1941-02-03").await;
    let (hers, his) = (portal.as_citizen(&inger).await, portal.as_citizen(&bent).await);
    let begin = async |who: &Visitor| -> DraftId {
        portal.minutes_later(1);
        who.write(|tx, who| drafts::start(tx, who, DraftKind::Ask)).await.unwrap()
    };
    let other = begin(&hers).await;
    let (first, second) = (begin(&his).await, begin(&his).await);
    for _ in 0..18 {
        begin(&his).await;
    }
    let there = async |who: &Visitor, id| who.look(move |tx, who| drafts::load(tx, who, id)).await.is_ok();
    assert!(there(&his, first).await && there(&his, second).await, "twenty");
    let whom = Named::read("Inger Holm", inger.cpr.expose(), "").unwrap();
    portal.minutes_later(1);
    his.write(move |tx, who| drafts::save_person(tx, who, first, &whom).map(|_| ())).await.unwrap();
    begin(&his).await;
    assert!(there(&his, first).await, "touched since");
    assert!(!there(&his, second).await, "the one that was touched longest ago");
    assert_eq!(his.look(drafts::mine).await.unwrap().len(), 20);
    assert!(there(&hers, other).await, "nobody else loses one");
}
