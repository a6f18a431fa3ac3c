//! Messages from the municipality: where they stand, for whom, who is told, and what never comes in.

use crate::common::*;
use crate::world::{World, communication, world, young};
use borgerportal_both::both;
use borgerportal_domain::access::{Privilege, PrivilegeSet};
use borgerportal_domain::access_log::{LogObject, ObjectKind};
use borgerportal_domain::ids::ItemId;
use borgerportal_service::access::Question;
use borgerportal_service::messages::answers::{Reply, reply};
use borgerportal_store::testing::TestStore;
use serde_json::json;

fn notices(it: &World) -> i64 {
    it.portal.store.rows()["notice"]
}

#[both]
async fn an_answer_stands_in_the_thread_and_is_new_to_each_reader_until_they_read_it(store: TestStore) {
    let it = world(store).await;
    let (inger, mette) = (it.portal.as_citizen(&it.inger).await, it.portal.as_relative(&it.mette).await);
    let id = inger.says(it.journal, "Hvornår kommer I?").await;
    it.answered(id, "c1", "I morgen kl. 9").await;
    let new = async |visitor: &Visitor| visitor.threads(it.journal).await.unwrap().threads[0].unread();
    assert_eq!((new(&inger).await, new(&mette).await), (1, 2));
    assert_eq!(mette.reads(it.journal, id).await.unwrap(), ["*Hvornår kommer I?", "*I morgen kl. 9"]);
    assert_eq!((new(&inger).await, new(&mette).await), (1, 0), "a helper's reading clears nothing for Inger");
    assert_eq!(inger.reads(it.journal, id).await.unwrap(), ["Hvornår kommer I?", "*I morgen kl. 9"]);
    assert_eq!(inger.reads(it.journal, id).await.unwrap(), ["Hvornår kommer I?", "I morgen kl. 9"]);
    let rows = inger.list(it.journal).await.unwrap().rows;
    assert_eq!(rows.len(), 2, "both are documents, too");
    assert!(rows.iter().all(|row| row.read || row.head.title.starts_with("Hvornår")), "{rows:?}");
}

#[both]
async fn the_order_of_arrival_makes_no_difference(store: TestStore) {
    let it = world(store).await;
    let inger = it.portal.as_citizen(&it.inger).await;
    let back =
        json!({ "inResponseTo": [{ "reference": "Communication/c1" }], "sent": "2026-11-03T09:30:00Z" });
    it.delivers(communication(&it.inger, "c2", "Husk sokker", &back)).await;
    it.delivers(communication(&it.inger, "c1", "Vi kommer tirsdag", &json!({}))).await;
    let threads = inger.threads(it.journal).await.unwrap().threads;
    assert_eq!(threads.len(), 1);
    let first = threads[0].first().unwrap().place.id;
    assert_eq!(inger.reads(it.journal, first).await.unwrap(), ["*Vi kommer tirsdag", "*Husk sokker"]);
}

#[both]
async fn citizen_and_writer_are_told_that_there_is_something_and_only_once(store: TestStore) {
    let it = world(store).await;
    let mette = it.portal.as_relative(&it.mette).await;
    let id = mette.says(it.journal, "Mor er faldet").await;
    assert_eq!(notices(&it), 0);
    it.answered(id, "c1", "Vi ringer").await;
    assert_eq!(notices(&it), 2, "Inger and Mette");
    it.answered(id, "c1", "Vi ringer nu").await;
    assert_eq!(notices(&it), 2, "a correction is no news");
    let old = json!({ "sent": "2026-10-01T09:00:00Z" });
    it.delivers(communication(&it.inger, "c0", "Gammel besked", &old)).await;
    assert_eq!(notices(&it), 2, "nobody is told of what is old");
    let hidden = labelled(communication(&it.inger, "c9", "Skjult", &json!({})), &["audience-none"]);
    it.delivers(hidden).await;
    assert_eq!(notices(&it), 2, "nobody is told of what they may not see");
}

#[both]
async fn a_helper_whose_mandate_is_over_is_told_nothing(store: TestStore) {
    let it = world(store).await;
    let karen = it.portal.person(5, "Karen", "1970-05-12").await;
    let mandate =
        it.portal.mandate_with(&it.inger, &karen, |one| one.items = vec![item(PrivilegeSet::all())]).await;
    let id = it.portal.as_relative(&karen).await.says(it.journal, "Et spørgsmål").await;
    it.portal.withdraw(mandate, &it.inger).await;
    it.answered(id, "c1", "Et svar").await;
    assert_eq!(notices(&it), 1, "Inger alone");
}

#[both]
async fn what_professionals_write_to_each_other_never_comes_in(store: TestStore) {
    let it = world(store).await;
    let foreign = json!({ "category": [{ "coding": [{ "system": "http://medcomfhir.dk/ig/terminology/CodeSystem/x", "code": "y" }] }] });
    let medcom = json!({ "meta": { "profile": ["http://medcomfhir.dk/ig/carecommunication/StructureDefinition/medcom-careCommunication-communication"] } });
    for more in [foreign, medcom, json!({ "category": [] })] {
        let resource = communication(&it.inger, "m1", "Fra lægen", &more);
        let delivery = bundle("transaction", "2026-11-03T09:00:00Z", &[patient(&it.inger), resource]);
        let taken = it.portal.deliver_bytes(delivery.to_string().as_bytes(), None).await;
        assert!(taken.is_err(), "{more}");
    }
    assert!(it.portal.as_citizen(&it.inger).await.threads(it.journal).await.unwrap().threads.is_empty());
}

#[both]
async fn a_withdrawn_answer_is_gone_from_the_thread_and_from_the_documents(store: TestStore) {
    let it = world(store).await;
    let inger = it.portal.as_citizen(&it.inger).await;
    let id = inger.says(it.journal, "Hvornår kommer I?").await;
    it.answered(id, "c1", "Forkert svar").await;
    assert_eq!(inger.titles(it.journal).await.unwrap().len(), 2);
    let wrong = json!({ "status": "entered-in-error", "meta": { "lastUpdated": "2026-11-03T09:10:00Z" } });
    it.delivers(communication(&it.inger, "c1", "Forkert svar", &wrong)).await;
    assert_eq!(inger.reads(it.journal, id).await.unwrap(), ["Hvornår kommer I?"]);
    assert_eq!(inger.titles(it.journal).await.unwrap().len(), 1);
    assert_eq!(inger.search(it.journal, "forkert").await.unwrap().total, 0);
}

#[both]
async fn what_the_record_system_tells_back_of_ours_stands_once(store: TestStore) {
    let it = world(store).await;
    let inger = it.portal.as_citizen(&it.inger).await;
    let id = inger.says(it.journal, "Hvornår kommer I?").await;
    let ours = json!({ "identifier": [{ "system": borgerportal_fhir::MESSAGE, "value": id.to_string() }],
        "sender": { "reference": format!("Patient/{}", name_of(&it.inger)) } });
    it.delivers(communication(&it.inger, "c55", "Hvornår kommer I?", &ours)).await;
    let back = json!({ "inResponseTo": [{ "reference": "Communication/c55" }] });
    it.delivers(communication(&it.inger, "c56", "I morgen", &back)).await;
    assert_eq!(inger.reads(it.journal, id).await.unwrap(), ["Hvornår kommer I?", "*I morgen"]);
    assert_eq!(inger.titles(it.journal).await.unwrap().len(), 2);
}

#[both]
async fn parents_of_young_people_read_their_own_thread_and_no_other(store: TestStore) {
    let (it, sofie, rikke) = young(store).await;
    let journal = it.journal;
    let own = sofie.says(journal, "Mine forældre må ikke se det").await;
    it.answered(own, "c1", "Det er i orden").await;
    assert!(rikke.threads(journal).await.unwrap().threads.is_empty());
    assert_eq!(rikke.reads(journal, own).await.unwrap_err(), "not found");
    assert_eq!(rikke.titles(journal).await.unwrap(), Vec::<String>::new());
    let hers = rikke.says(journal, "Hvordan går det i skolen?").await;
    it.answered(hers, "c2", "Fint").await;
    assert_eq!(rikke.reads(journal, hers).await.unwrap(), ["Hvordan går det i skolen?", "*Fint"]);
    assert_eq!(rikke.threads(journal).await.unwrap().threads.len(), 1);
    assert_eq!(sofie.threads(journal).await.unwrap().threads.len(), 2, "it is her journal");
    // A long time to write: the register is asked again, and nothing is lost.
    let id = rikke.ready(journal, "Mere").await;
    it.portal.minutes_later(20);
    rikke.send(journal, id).await.unwrap();
}

#[both]
async fn staff_answer_through_a_function(store: TestStore) {
    let it = world(store).await;
    let inger = it.portal.as_citizen(&it.inger).await;
    let id = inger.says(it.journal, "Hvornår kommer I?").await;
    let journal = it.journal;
    let answer = move |department: &str| Reply {
        message: ItemId::from_bytes([9; 16]),
        answers: Some(id),
        department: department.to_owned(),
        subject: String::new(),
        text: "I morgen".to_owned(),
    };
    let write = async |one: Reply| {
        inger
            .does(None, move |tx, places, who| {
                // The staff site has an access of its own; any will do here.
                let object = LogObject::page(ObjectKind::Messages);
                let asked = Question { journal, privilege: Privilege::ReadMessages, object };
                let granted = borgerportal_service::access::ask(tx, places, who, &asked)?;
                reply(tx, places, &granted, &one)
            })
            .await
    };
    assert_eq!(told(&write(answer("garden")).await.unwrap_err()), "messages.department.none");
    write(answer("nursing")).await.unwrap();
    assert_eq!(inger.reads(journal, id).await.unwrap(), ["Hvornår kommer I?", "*I morgen"]);
    assert_eq!(notices(&it), 1);
    assert_eq!(it.portal.store.rows()["outgoing"], 1, "what staff write is told by their own system");
}
