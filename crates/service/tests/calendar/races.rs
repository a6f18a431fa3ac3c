//! Many at once: whoever calls a visit off, and however often, it is called off once and told once.

use crate::act::{Calendar, Scene, WEDNESDAY, insist, visit};
use crate::common::told;
use borgerportal_both::both;
use borgerportal_domain::ids::ItemId;
use borgerportal_service::Problem;
use borgerportal_store::testing::TestStore;
use borgerportal_store::tx::Tx;

async fn all_at_once(scene: &Scene, clients: usize, item: ItemId) -> Vec<Result<u32, Problem>> {
    let mut people: Vec<Calendar> = Vec::new();
    for number in 0..clients {
        people.push(if number % 2 == 0 { scene.hers().await } else { scene.daughters().await });
    }
    let tries = people.into_iter().map(|one| tokio::spawn(async move { insist!(one.cancel(item)) }));
    let mut answers = Vec::new();
    for one in tries.collect::<Vec<_>>() {
        answers.push(one.await.unwrap());
    }
    answers
}

#[both]
async fn sixty_four_cancel_the_same_visit_and_it_is_cancelled_once(store: TestStore) {
    let scene = Scene::with(store, |inger| vec![visit(inger, "a", WEDNESDAY, 10)]).await;
    let item = scene.hers().await.first().await;
    let answers = all_at_once(&scene, 64, item).await;
    assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1);
    for no in answers.iter().filter_map(|answer| answer.as_ref().err()) {
        assert_eq!(told(no), "calendar.already_cancelled", "a kind answer to each of the others");
    }
    assert_eq!(scene.outgoing().await, ["cancellation"]);
    assert_eq!(scene.portal.store.rows()["visit_cancellation"], 1);
    assert_eq!(scene.hers().await.lines().await, ["2026-11-11 10:00 cancelled_here"]);
}

#[both]
async fn cancelling_and_undoing_at_once_leaves_as_many_words_as_deeds(store: TestStore) {
    let scene = Scene::with(store, |inger| vec![visit(inger, "a", WEDNESDAY, 10)]).await;
    let item = scene.hers().await.first().await;
    let mut tries = Vec::new();
    for number in 0..24 {
        let one = if number % 2 == 0 { scene.hers().await } else { scene.daughters().await };
        tries.push(tokio::spawn(async move {
            if number % 3 == 0 {
                insist!(one.undo(item)).map(|()| -1)
            } else {
                insist!(one.cancel(item)).map(|_| 1)
            }
        }));
    }
    let mut done = Vec::new();
    for one in tries {
        done.extend(one.await.unwrap().ok());
    }
    let cancelled = done.iter().filter(|deed| **deed == 1).count();
    let undone = done.len() - cancelled;
    assert!(cancelled == undone || cancelled == undone + 1, "{done:?}");
    assert_eq!(scene.outgoing().await.len(), done.len(), "each deed was told once");
    let standing = if cancelled > undone { "cancelled_here" } else { "coming" };
    assert_eq!(scene.hers().await.lines().await, [format!("2026-11-11 10:00 {standing}")]);
}

#[both]
async fn a_form_that_is_sent_twice_is_one_cancellation_with_one_answer(store: TestStore) {
    let scene = Scene::with(store, |inger| vec![visit(inger, "a", WEDNESDAY, 10)]).await;
    let hers = scene.hers().await;
    let (item, app) = (hers.first().await, &scene.portal.app);
    let id = app.store.errand_id(app.clock.now()).unwrap();
    for _ in 0..3 {
        let (places, journal) = (app.municipalities.clone(), scene.journal);
        let form =
            borgerportal_service::calendar::Form { visit: item, also: Vec::new(), note: String::new() };
        let errand = move |tx: &Tx<'_>, who: &_| {
            borgerportal_service::calendar::cancel(tx, &places, who, journal, &form)
        };
        let count = app.write_as(&hers.visitor.token, ("cancel", id), |_| Ok(()), errand).await.unwrap();
        assert_eq!(count, 1);
    }
    assert_eq!(scene.outgoing().await, ["cancellation"]);
}
