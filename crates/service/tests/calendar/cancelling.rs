//! Calling off, thinking better of it, and what the record system makes of both.

use crate::act::{Scene, WEDNESDAY, at, in_series, visit, with_status};
use crate::common::told;
use borgerportal_both::both;
use borgerportal_domain::calendar::{Act, Standing, Trouble};
use borgerportal_domain::ids::ItemId;
use borgerportal_domain::outgoing::Event;
use borgerportal_service::calendar::{By, Form};
use borgerportal_store::testing::TestStore;

async fn one_visit(store: TestStore) -> Scene {
    Scene::with(store, |inger| vec![visit(inger, "a", WEDNESDAY, 10)]).await
}

#[both]
async fn a_visit_is_called_off_until_the_last_minute_and_not_after_it(store: TestStore) {
    let scene = one_visit(store).await;
    let (hers, last) = (scene.hers().await, at("2026-11-07", 0, 0));
    let visit = hers.first().await;
    scene.portal.app.clock.set(last);
    let hers = scene.hers().await;
    assert_eq!(told(&hers.cancel(visit).await.unwrap_err()), "calendar.too_late");
    assert!(scene.outgoing().await.is_empty());
    scene.portal.app.clock.set(last.plus_minutes(-1));
    assert_eq!(scene.hers().await.cancel(visit).await.unwrap(), 1);
    assert_eq!(scene.outgoing().await, ["cancellation"]);
    assert_eq!(scene.hers().await.lines().await, ["2026-11-11 10:00 cancelled_here"]);
}

#[both]
async fn the_record_system_is_told_who_for_whom_on_which_basis_and_what_they_wrote(store: TestStore) {
    let scene = one_visit(store).await;
    let daughters = scene.daughters().await;
    let form =
        Form { visit: daughters.first().await, also: Vec::new(), note: "Hun er hos lægen.".to_owned() };
    daughters.send(form).await.unwrap();
    let bundle = scene.last_told().await;
    let task = &bundle["entry"][0]["resource"];
    assert_eq!((&bundle["type"], &task["resourceType"]), (&"transaction".into(), &"Task".into()));
    assert_eq!(task["focus"]["reference"], "Appointment/a");
    assert_eq!(task["for"]["identifier"]["value"], scene.inger.cpr.expose());
    assert_eq!(task["description"], "Besøget onsdag 11. november 2026 kl. 10.00 er afmeldt.");
    let acted = task["extension"][0]["extension"].to_string();
    assert!(acted.contains("Mette Holm") && acted.contains("\"mandate\""), "{acted}");
    let note = &bundle["entry"][1]["resource"]["payload"][0]["contentString"];
    assert_eq!(note, "Hun er hos lægen.");
    let hers = scene.hers().await;
    let off = hers.open(hers.first().await).await.unwrap().row.cancelled.unwrap();
    assert_eq!((off.by, off.note.as_str()), (By::Other("Mette Holm".to_owned()), "Hun er hos lægen."));
    assert!(!scene.portal.store.clear_text().contains("lægen"), "what people write lies under the seal");
}

#[both]
async fn thinking_better_of_it_in_time_puts_the_visit_back(store: TestStore) {
    let scene = one_visit(store).await;
    let (hers, daughters) = (scene.hers().await, scene.daughters().await);
    let visit = hers.first().await;
    assert_eq!(told(&hers.undo(visit).await.unwrap_err()), "calendar.not_cancelled");
    daughters.cancel(visit).await.unwrap();
    hers.undo(visit).await.unwrap();
    assert_eq!(told(&hers.undo(visit).await.unwrap_err()), "calendar.not_cancelled");
    assert_eq!(scene.outgoing().await, ["cancellation", "cancellation_undone"]);
    let row = hers.open(visit).await.unwrap().row;
    assert_eq!((row.look.standing, row.sequence), (Standing::Coming, 2));
    assert_eq!(row.cancelled.unwrap().undone.unwrap().by, By::Me);
    // And again: each is a thing of its own.
    hers.cancel(visit).await.unwrap();
    assert_eq!(scene.outgoing().await, ["cancellation", "cancellation_undone", "cancellation"]);
    scene.portal.app.clock.set(at("2026-11-07", 0, 0));
    assert_eq!(told(&scene.hers().await.undo(visit).await.unwrap_err()), "calendar.too_late");
}

#[both]
async fn what_the_record_system_refuses_comes_back_to_the_citizen(store: TestStore) {
    for (event, trouble) in [
        (Event::Rejected, Some(Trouble::NotCancelled)),
        (Event::Unusable, Some(Trouble::NotCancelled)),
        (Event::Accepted, None),
    ] {
        let scene = one_visit(store.another()).await;
        let hers = scene.hers().await;
        let visit = hers.first().await;
        hers.cancel(visit).await.unwrap();
        scene.answers(event).await;
        let row = hers.open(visit).await.unwrap().row;
        let standing = if trouble.is_some() { Standing::Coming } else { Standing::CancelledHere };
        assert_eq!((row.look.standing, row.look.trouble), (standing, trouble), "{event:?}");
        if trouble.is_some() {
            assert_eq!(row.look.act, Act::ByPhone, "the record system is not asked again");
            assert_eq!(told(&hers.cancel(visit).await.unwrap_err()), "calendar.by_phone");
        }
    }
}

#[both]
async fn the_record_systems_own_word_counts_in_the_end(store: TestStore) {
    let scene = one_visit(store).await;
    let hers = scene.hers().await;
    let appointment = hers.first().await;
    hers.cancel(appointment).await.unwrap();
    scene.answers(Event::Accepted).await;
    scene
        .told("2026-11-03T12:00:00Z", &[with_status(visit(&scene.inger, "a", WEDNESDAY, 10), "cancelled")])
        .await;
    assert_eq!(hers.lines().await, ["2026-11-11 10:00 cancelled_here"], "still hers, with her name on it");
    hers.undo(appointment).await.unwrap();
    assert_eq!(hers.lines().await, ["2026-11-11 10:00 returning"], "nobody comes until they say so");
    scene.told("2026-11-03T13:00:00Z", &[visit(&scene.inger, "a", WEDNESDAY, 11)]).await;
    assert_eq!(hers.lines().await, ["2026-11-11 11:00 coming"]);
    scene
        .told("2026-11-03T14:00:00Z", &[with_status(visit(&scene.inger, "a", WEDNESDAY, 11), "cancelled")])
        .await;
    assert_eq!(told(&hers.cancel(appointment).await.unwrap_err()), "calendar.by_phone");
}

#[both]
async fn a_series_is_called_off_together_and_what_cannot_be_is_left(store: TestStore) {
    let scene = Scene::with(store, |inger| {
        let series = |id: &str, day: &str| in_series(visit(inger, id, day, 8), "cleaning");
        vec![
            series("a", "2026-11-11"),
            series("b", "2026-11-18"),
            series("c", "2026-11-25"),
            visit(inger, "single", "2026-11-26", 8),
        ]
    })
    .await;
    let (hers, daughters) = (scene.hers().await, scene.daughters().await);
    let ids: Vec<ItemId> =
        hers.days("2026-11-01", "2026-11-30").await.unwrap().rows.iter().map(|row| row.id).collect();
    daughters.cancel(ids[1]).await.unwrap();
    let stranger = ItemId::from_bytes([9; 16]);
    let form = Form { visit: ids[0], also: vec![ids[0], ids[1], ids[2], ids[3]], note: String::new() };
    assert_eq!(hers.send(form).await.unwrap(), 2, "her own two: her daughter was first with the other");
    let lines = hers.lines().await;
    let standings: Vec<&str> = lines.iter().map(|line| line.split(' ').next_back().unwrap()).collect();
    assert_eq!(standings, ["cancelled_here", "cancelled_here", "cancelled_here", "coming"]);
    assert_eq!(scene.outgoing().await.len(), 3);
    let together = hers.open(ids[0]).await.unwrap().together;
    assert_eq!(together.iter().map(|row| row.id).collect::<Vec<_>>(), [ids[2]]);
    let form = Form { visit: stranger, also: vec![ids[3]], note: String::new() };
    assert_eq!(told(&hers.send(form).await.unwrap_err()), "not found");
}

#[both]
async fn the_log_tells_what_was_done_and_not_what_was_tried(store: TestStore) {
    let scene = one_visit(store).await;
    let (hers, daughters) = (scene.hers().await, scene.daughters().await);
    let visit = hers.first().await;
    daughters.cancel(visit).await.unwrap();
    hers.cancel(visit).await.unwrap_err();
    let log = hers.visitor.log(scene.journal).await.unwrap();
    let visits: Vec<&str> = log.iter().filter(|line| line.contains("visit")).map(String::as_str).collect();
    assert_eq!(visits, ["Inger visit shown", "Mette visit done"]);
}

#[both]
async fn a_visit_that_is_deleted_by_law_takes_its_notes_with_it(store: TestStore) {
    let scene = one_visit(store).await;
    let hers = scene.hers().await;
    let form = Form { visit: hers.first().await, also: Vec::new(), note: "Ring først".to_owned() };
    hers.send(form).await.unwrap();
    assert_eq!(scene.portal.store.rows()["visit_cancellation"], 1);
    scene.portal.deliver(&crate::common::deletion("2026-11-03T15:00:00Z", "Appointment/a")).await;
    assert_eq!(scene.portal.store.rows()["visit_cancellation"], 0);
    assert!(hers.lines().await.is_empty());
}
