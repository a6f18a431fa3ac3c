//! Each way in which a record system misbehaves, one by one, and what becomes of what it is told.

use crate::world::World;
use borgerportal_both::both;
use borgerportal_domain::notices::MOST_ATTEMPTS;
use borgerportal_domain::outgoing::OutgoingState;
use borgerportal_service::Problem;
use borgerportal_service::outgoing::{list, queue, retry};
use borgerportal_simulators::{Fault, Orders};
use borgerportal_store::testing::TestStore;

/// Where transactions go; tokens are given elsewhere.
const DOOR: &str = "/fhir";

#[both]
async fn what_is_told_is_there_once_says_who_acted_and_is_forgotten_here(store: TestStore) {
    let world = World::on(store).await;
    let inger = world.teller(1).await;
    let id = world.tell(&inger).await;
    assert_eq!(world.state(&inger, id).await, Some(OutgoingState::Waiting));
    assert_eq!(world.send().await, 1);
    let received = world.books.received();
    assert_eq!((received.len(), received[0].id.clone()), (1, id.to_string()));
    let said = received[0].task.to_string();
    assert!(said.contains("bremsen") && said.contains(inger.who.cpr.expose()) && said.contains("\"own\""));
    assert_eq!(received[0].more.len(), 1);
    assert!(world.state(&inger, id).await.unwrap().is_delivered());
    assert_eq!(world.story(&inger, id).await, ["record.taken"]);
    let message = world.portal.read(move |tx| Ok(borgerportal_store::outgoing::load(tx, id)?)).await;
    assert!(message.unwrap().resource.is_none(), "what has arrived is theirs");
    assert_eq!(world.send().await, 0);
}

#[both]
async fn an_errand_that_fails_tells_nobody(store: TestStore) {
    let world = World::on(store).await;
    let inger = world.teller(1).await;
    let failed = world.try_to_tell(&inger, |_| Err(Problem::Denied("test.no"))).await;
    assert!(matches!(failed, Err(Problem::Denied("test.no"))));
    assert_eq!(world.send().await, 0);
    assert_eq!(queue(&world.app).await.unwrap().waiting, 0);
}

#[both]
async fn what_was_taken_without_an_answer_is_there_once(store: TestStore) {
    let world = World::on(store).await;
    let inger = world.teller(1).await;
    let id = world.tell(&inger).await;
    world.order(Orders::of(&[Fault::AcceptThenFail]).at(DOOR).times(2)).await;
    for _ in 0..3 {
        world.send().await;
        assert_eq!(world.books.received().len(), 1);
        world.later(5);
    }
    assert_eq!(world.books.times_sent(&id.to_string()), 3, "the same name each time");
    assert_eq!(world.books.made(), 2, "the Task and what went along, once each");
    assert_eq!(world.story(&inger, id).await, ["partner.away", "partner.away", "record.taken"]);
}

#[both]
async fn whatever_keeps_it_from_answering_it_is_told_when_it_answers(store: TestStore) {
    let world = World::patient(store, 1_500).await;
    let inger = world.teller(1).await;
    let id = world.tell(&inger).await;
    for fault in [
        Fault::Status(500),
        Fault::Status(503),
        Fault::Status(429),
        Fault::Status(401),
        Fault::Status(403),
        Fault::Status(409),
        Fault::CutOff,
        Fault::Nonsense,
        Fault::Endless,
        Fault::SlowMs(2_500),
    ] {
        world.order(Orders::of(std::slice::from_ref(&fault))).await;
        world.send().await;
        assert_eq!(world.state(&inger, id).await, Some(OutgoingState::Waiting), "{fault:?}");
        world.later(13 * 60);
    }
    world.order(Orders::default()).await;
    world.send().await;
    assert_eq!(world.books.received().len(), 1);
    assert!(world.state(&inger, id).await.unwrap().is_delivered());
}

#[both]
async fn what_it_cannot_take_waits_for_a_person_and_keeps_nothing_else_waiting(store: TestStore) {
    let world = World::on(store).await;
    let inger = world.teller(1).await;
    let id = world.tell(&inger).await;
    world.order(Orders::of(&[Fault::Status(422)]).at(DOOR)).await;
    world.send().await;
    assert!(matches!(world.state(&inger, id).await, Some(OutgoingState::GivenUp { .. })));
    let dead = list(&world.app, true).await.unwrap();
    assert_eq!((dead.len(), dead[0].id, dead[0].why.as_str()), (1, id, "record.unusable"));
    assert_eq!(queue(&world.app).await.unwrap().dead, 1);
    world.order(Orders::default()).await;
    world.later(10_000);
    let later = world.tell(&inger).await;
    world.send().await;
    assert_eq!(world.books.received()[0].id, later.to_string(), "the next is not held up");
    assert!(retry(&world.app, id).await.unwrap());
    assert!(!retry(&world.app, id).await.unwrap(), "once is enough");
    world.send().await;
    assert_eq!(world.books.received().len(), 2);
}

#[both]
async fn an_outage_without_end_is_given_up_after_days_and_not_before(store: TestStore) {
    let world = World::on(store).await;
    let inger = world.teller(1).await;
    world.tell(&inger).await;
    world.order(Orders::of(&[Fault::Status(503)])).await;
    let begun = world.app.clock.now();
    for _ in 0..MOST_ATTEMPTS {
        assert_eq!(queue(&world.app).await.unwrap().waiting, 1);
        world.send().await;
        world.later(12 * 60);
    }
    assert_eq!(queue(&world.app).await.unwrap().dead, 1);
    assert!(world.app.clock.now().millis_since(begun) > 3 * 86_400_000);
}
