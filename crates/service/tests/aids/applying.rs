//! Applying: from the first question to the last word of the record system, once, by whoever may.

use crate::world::World;
use borgerportal_both::both;
use borgerportal_domain::access::Privilege;
use borgerportal_domain::aids::Stage;
use borgerportal_domain::ids::{ItemId, OutgoingId};
use borgerportal_store::testing::TestStore;
use std::sync::Arc;

const NEED: &str = "Benene hæver op";

fn name(id: ItemId) -> OutgoingId {
    OutgoingId::from_bytes(id.into_bytes())
}

#[both]
async fn an_application_is_told_once_with_form_receipt_and_who_acted(store: TestStore) {
    let world = World::on(store).await;
    let mette = world.helper(&[Privilege::ReadAids, Privilege::ActAids]).await;
    let id = world.begin(&mette, "stockings").await.unwrap();
    world.fill(&mette, id, NEED).await.unwrap();
    assert_eq!(world.overview(&mette).await.unwrap().drafts.len(), 1);
    for _ in 0..3 {
        assert_eq!(world.send(&mette, id).await.unwrap(), id, "pressed again it is the same");
    }
    let told = world.told().await;
    assert_eq!((told.len(), told[0].0), (1, name(id)));
    let kinds: Vec<_> = told[0].1["entry"].as_array().unwrap().iter().map(|one| &one["resource"]).collect();
    let types: Vec<_> = kinds.iter().map(|one| one["resourceType"].as_str().unwrap()).collect();
    assert_eq!(types, ["Task", "QuestionnaireResponse", "DocumentReference"]);
    let task = kinds[0].to_string();
    assert!(
        task.contains("Mette Holm") && task.contains("\"mandate\"") && task.contains("application"),
        "{task}"
    );
    let form = kinds[1].to_string();
    assert!(form.contains(NEED) && form.contains("Begge") && form.contains("Hvilke ben?"), "{form}");
    let pdf = kinds[2]["content"][0]["attachment"]["data"].as_str().unwrap();
    assert!(pdf.starts_with("JVBERi"), "a PDF");
    let overview = world.overview(&mette).await.unwrap();
    assert!(overview.drafts.is_empty());
    let sent = &overview.applications[0];
    assert_eq!((sent.stage, sent.content.by.as_str()), (Stage::Sent, "Mette Holm"));
    assert!(sent.content.number.starts_with("HJ-2026-"));
}

#[both]
async fn it_stands_among_the_documents_and_is_found_by_its_words(store: TestStore) {
    let world = World::on(store).await;
    let inger = world.citizen().await;
    let id = world.begin(&inger, "stockings").await.unwrap();
    world.fill(&inger, id, NEED).await.unwrap();
    world.send(&inger, id).await.unwrap();
    assert_eq!(inger.titles(world.journal).await.unwrap(), ["Ansøgning om kompressionsstrømper"]);
    let hits = inger.search(world.journal, "hæver").await.unwrap();
    assert_eq!(hits.total, 1);
    assert!(inger.open(world.journal, id).await.is_ok(), "its page opens");
}

#[both]
async fn its_way_is_told_step_by_step_and_it_can_be_taken_back_until_it_is_decided(store: TestStore) {
    let world = World::on(store).await;
    let inger = world.citizen().await;
    let mut ids = Vec::new();
    for _ in 0..2 {
        let id = world.begin(&inger, "stockings").await.unwrap();
        world.fill(&inger, id, NEED).await.unwrap();
        world.send(&inger, id).await.unwrap();
        ids.push(id);
    }
    world.answer(name(ids[0]), "received", "2026-11-03T10:05:00+01:00").await;
    world.answer(name(ids[0]), "in-progress", "2026-11-03T10:06:00+01:00").await;
    world.answer(name(ids[0]), "completed", "2026-11-03T10:07:00+01:00").await;
    world.portal.minutes_later(20);
    let stages: Vec<_> =
        world.application(&inger, ids[0]).await.passed.iter().map(|step| step.stage).collect();
    assert_eq!(stages, [Stage::Sent, Stage::Received, Stage::InProgress, Stage::Decided]);
    assert_eq!(world.withdraw(&inger, ids[0]).await, Err("aids.apply.over".to_owned()));
    world.withdraw(&inger, ids[1]).await.unwrap();
    assert_eq!(world.withdraw(&inger, ids[1]).await, Err("aids.apply.over".to_owned()), "once");
    assert_eq!(world.application(&inger, ids[1]).await.stage, Stage::Withdrawn);
    assert_eq!(world.told().await.len(), 2, "the other application, and that it was taken back");
}

#[both]
async fn a_draft_is_its_writers_alone_and_keeps_what_was_written(store: TestStore) {
    let world = World::on(store).await;
    let inger = world.citizen().await;
    let mette = world.helper(&[Privilege::ReadAids, Privilege::ActAids]).await;
    let id = world.begin(&inger, "stockings").await.unwrap();
    assert_eq!(world.fill(&mette, id, NEED).await, Err("not found".to_owned()));
    assert_eq!(world.send(&mette, id).await, Err("not found".to_owned()));
    assert!(world.overview(&mette).await.unwrap().drafts.is_empty());
    assert_eq!(
        world.send(&inger, id).await,
        Err("aids.apply.need_missing".to_owned()),
        "nothing is answered"
    );
    assert_eq!(world.begin(&inger, "rocket").await, Err("aids.apply.kind_gone".to_owned()));
    assert_eq!(world.overview(&inger).await.unwrap().drafts.len(), 1);
    assert!(world.told().await.is_empty());
}

#[both]
async fn a_number_of_a_person_in_the_text_is_told_before_anything_is_sent(store: TestStore) {
    let world = World::on(store).await;
    let inger = world.citizen().await;
    let id = world.begin(&inger, "stockings").await.unwrap();
    world.fill(&inger, id, "Min mand 720544-0012 hjælper mig").await.unwrap();
    assert_eq!(world.send(&inger, id).await, Err("aids.apply.cpr_like".to_owned()));
    assert!(world.told().await.is_empty());
    assert_eq!(world.overview(&inger).await.unwrap().drafts.len(), 1, "it is still there to be mended");
}

#[both]
async fn many_presses_at_once_send_one_application(store: TestStore) {
    let world = Arc::new(World::on(store).await);
    let inger = world.citizen().await;
    let id = world.begin(&inger, "stockings").await.unwrap();
    world.fill(&inger, id, NEED).await.unwrap();
    let presses = (0..16).map(|_| {
        let (world, inger) = (Arc::clone(&world), inger.clone());
        tokio::spawn(async move { world.send(&inger, id).await })
    });
    let mut sent_at_all = false;
    for press in presses.collect::<Vec<_>>() {
        match press.await.unwrap() {
            Ok(one) => {
                assert_eq!(one, id);
                sent_at_all = true;
            }
            // Another press was faster, or too many came at once for the database: press again, nothing is lost.
            Err(problem) => assert!(problem == "Stale" || problem.contains("Busy"), "{problem}"),
        }
    }
    assert!(sent_at_all);
    assert_eq!(world.told().await.len(), 1);
    assert_eq!(world.overview(&inger).await.unwrap().applications.len(), 1);
}
