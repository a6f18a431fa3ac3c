//! Ending: at once, by either side, right by right, and for good.

use crate::act::*;
use crate::common::*;
use borgerportal_both::both;
use borgerportal_domain::mandates::{Mandate, Standing, Status};
use borgerportal_i18n::Lang;
use borgerportal_service::mandates::show;
use borgerportal_service::mandates::show::By;
use borgerportal_store::mandates::{self, chain};
use borgerportal_store::testing::TestStore;

#[both]
async fn a_giver_stops_one_right_and_then_the_rest(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let inger = portal.person(1, "Inger", "1943-05-12").await;
    let mette = portal.person(2, "Mette", "1975-02-03").await;
    let journal = portal.journal(&inger, helsingor()).await;
    let hers = portal.as_citizen(&inger).await;
    let id = hers.give(named(&mette), &[READ, CALENDAR], portal.day(30)).await.unwrap().mandate;
    let helper = portal.as_relative(&mette).await;
    let versions = hers.versions().await;
    assert_eq!(helper.stop(id, Some(versions[READ])).await.unwrap_err(), "mandates.not_the_giver");
    assert_eq!(hers.stop(id, Some(versions[ACT])).await.unwrap_err(), "mandates.no_such_item");
    portal.minutes_later(20);
    assert_eq!(hers.stop(id, Some(versions[READ])).await, Ok(false), "no fresh log-in is needed to stop");
    assert_eq!(helper.titles(journal).await.unwrap_err(), "access.mandate.not_covered Inger Holm");
    assert_eq!(hers.stop(id, Some(versions[READ])).await.unwrap_err(), "mandates.already_over");
    assert_eq!(hers.stop(id, None).await, Ok(true));
    assert_eq!(helper.titles(journal).await.unwrap_err(), "access.mandate.withdrawn Inger Holm");
    let view = helper.look(move |tx, who| show(tx, who, id, Lang::Da)).await.unwrap();
    let events: Vec<_> =
        view.history.iter().map(|one| (one.event.as_str(), one.by, one.right.is_some())).collect();
    assert_eq!(
        events,
        [("withdraw", By::Giver, false), ("withdraw", By::Giver, true), ("signed", By::Giver, false),]
    );
    assert_eq!(hers.stop(id, None).await.unwrap_err(), "mandates.already_over");
}

#[both]
async fn a_holder_gives_it_up_and_strangers_cannot_stop_it(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let inger = portal.person(1, "Inger", "1943-05-12").await;
    let mette = portal.person(2, "Mette", "1975-02-03").await;
    let lone = portal.person(3, "Lone", "1972-08-09").await;
    let id =
        portal.as_citizen(&inger).await.give(named(&mette), &[READ], portal.day(30)).await.unwrap().mandate;
    assert_eq!(portal.as_citizen(&lone).await.stop(id, None).await.unwrap_err(), "not found");
    let helper = portal.as_relative(&mette).await;
    assert_eq!(helper.stop(id, None).await, Ok(true));
    assert_eq!(portal.as_citizen(&inger).await.overview().await.given[0].standing, Standing::Renounced);
    assert!(portal.told_to().await.0.contains(&"mandate_stopped_by_holder → Inger".to_owned()));
}

#[both]
async fn the_state_can_be_had_again_from_the_events_alone(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let inger = portal.person(1, "Inger", "1943-05-12").await;
    let mette = portal.person(2, "Mette", "1975-02-03").await;
    let hers = portal.as_citizen(&inger).await;
    let id = hers.give(named(&mette), &[READ, CALENDAR, CONTACT], portal.day(30)).await.unwrap().mandate;
    let versions = hers.versions().await;
    hers.stop(id, Some(versions[CALENDAR])).await.unwrap();
    portal.minutes_later(5);
    portal.as_relative(&mette).await.stop(id, None).await.unwrap();
    let (kept, links) = portal
        .read(move |tx| Ok((mandates::load(tx, id)?.unwrap(), chain::links(tx, id.into_bytes())?)))
        .await;
    let events: Vec<_> = links.iter().filter_map(chain::recorded).collect();
    let replayed = kept.mandate.replay(&events).unwrap();
    assert_eq!(replayed, kept.mandate);
    assert_eq!(links.len(), 3, "one link for signing and one for each event");
}

#[both]
async fn expiry_needs_no_job(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let inger = portal.person(1, "Inger", "1943-05-12").await;
    let mette = portal.person(2, "Mette", "1975-02-03").await;
    let journal = portal.journal(&inger, helsingor()).await;
    let id =
        portal.as_citizen(&inger).await.give(named(&mette), &[READ], portal.today()).await.unwrap().mandate;
    let end = borgerportal_domain::time::copenhagen_end_of(portal.today());
    portal.app.clock.set(end.plus_minutes(-1));
    assert_eq!(portal.as_relative(&mette).await.titles(journal).await, Ok(vec![]));
    portal.app.clock.set(end);
    let helper = portal.as_relative(&mette).await;
    assert_eq!(helper.titles(journal).await.unwrap_err(), "access.mandate.expired Inger Holm");
    assert_eq!(helper.overview().await.received[0].standing, Standing::Expired);
    let kept: Mandate = portal.read(move |tx| Ok(mandates::load(tx, id)?.unwrap().mandate)).await;
    assert!(kept.items().iter().all(|item| item.status == Status::SIGNED), "nothing was written");
}
