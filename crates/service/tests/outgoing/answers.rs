//! What the record system answers, by the FHIR door: late, repeated, faster than the call, wrong.

use crate::world::World;
use borgerportal_both::both;
use borgerportal_domain::outgoing::OutgoingState;
use borgerportal_simulators::{Fault, Orders};
use borgerportal_store::testing::TestStore;

#[both]
async fn a_refusal_comes_back_with_its_reason_once_however_often_it_is_delivered(store: TestStore) {
    let world = World::on(store).await;
    let inger = world.teller(1).await;
    let id = world.tell(&inger).await;
    world.order(Orders::of(&[Fault::RejectTask, Fault::RepeatAnswers]).at("/fhir")).await;
    world.send().await;
    let sent = world.app.clock.now();
    world.later(3);
    assert_eq!(world.deliver_answers().await, 3);
    let Some(OutgoingState::Refused { at, reason }) = world.state(&inger, id).await else {
        panic!("a refusal")
    };
    assert!(at <= sent && reason == "not-possible", "when they said it, not when it came");
    assert_eq!(world.story(&inger, id).await, ["record.taken", "rejected not-possible"]);
}

#[both]
async fn an_answer_that_is_faster_than_the_call_ends_it(store: TestStore) {
    let world = World::on(store).await;
    let inger = world.teller(1).await;
    let id = world.tell(&inger).await;
    world.order(Orders::of(&[Fault::AcceptThenFail]).at("/fhir").times(1)).await;
    world.send().await;
    world.deliver_answers().await;
    assert!(world.state(&inger, id).await.unwrap().is_delivered());
    world.later(5);
    assert_eq!(world.send().await, 0, "it is not told again");
    assert_eq!(world.books.times_sent(&id.to_string()), 1);
}

#[both]
async fn every_word_of_it_is_kept_in_order_and_a_refusal_may_be_taken_back(store: TestStore) {
    let world = World::on(store).await;
    let inger = world.teller(1).await;
    world.books.be_silent();
    let id = world.tell(&inger).await;
    world.send().await;
    for (status, reason) in
        [("received", None), ("rejected", Some("no-grant")), ("in-progress", None), ("completed", None)]
    {
        world.later(1);
        world.books.answer(&id.to_string(), status, reason);
        world.deliver_answers().await;
    }
    let told = world.story(&inger, id).await;
    assert_eq!(told, ["record.taken", "received", "rejected no-grant", "in_progress", "completed"]);
    assert!(world.state(&inger, id).await.unwrap().is_delivered());
}

#[both]
async fn an_older_answer_that_comes_late_changes_nothing(store: TestStore) {
    let world = World::on(store).await;
    let inger = world.teller(1).await;
    world.books.be_silent();
    let id = world.tell(&inger).await;
    world.send().await;
    world.books.answer(&id.to_string(), "rejected", None);
    let early = world.books.take_answers();
    world.later(1);
    world.books.answer(&id.to_string(), "accepted", None);
    world.deliver_answers().await;
    world.deliver(&early[0].1).await.unwrap();
    assert!(world.state(&inger, id).await.unwrap().is_delivered());
    assert_eq!(world.story(&inger, id).await, ["record.taken", "accepted"]);
}

#[both]
async fn an_answer_about_another_journal_is_not_believed(store: TestStore) {
    let world = World::on(store).await;
    let (inger, kaj) = (world.teller(1).await, world.teller(2).await);
    let id = world.tell(&inger).await;
    world.order(Orders::of(&[Fault::RejectTask]).at("/fhir")).await;
    world.send().await;
    let answer = world.books.take_answers().remove(0).1;
    world.deliver(&answer.replace(inger.who.cpr.expose(), kaj.who.cpr.expose())).await.unwrap();
    assert!(world.state(&inger, id).await.unwrap().is_delivered());
    assert_eq!(world.state(&kaj, id).await, None, "nor does it exist there");
    let unknown = answer.replace(&id.to_string(), "0192d3a4-0000-7000-8000-00000000002a");
    world.deliver(&unknown).await.unwrap();
}
