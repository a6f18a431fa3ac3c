//! What record systems say of a person: names, birth, death, protection and changed numbers. Registers and the
//! person's own log-in know better; the order of arrival makes no difference.

use crate::common::*;
use borgerportal_both::both;
use borgerportal_domain::Cpr;
use borgerportal_domain::access::Role;
use borgerportal_domain::municipality::MunicipalityCode;
use borgerportal_domain::person::{PersonFacts, PersonName};
use borgerportal_domain::time::Date;
use borgerportal_service::ingest;
use borgerportal_store::people;
use borgerportal_store::testing::TestStore;
use serde_json::{Value, json};

async fn known(portal: &Portal, cpr: &Cpr) -> (PersonFacts, PersonName, String) {
    let cpr = cpr.clone();
    let person =
        portal.read(move |tx| Ok(people::person(tx, people::by_cpr(tx, &cpr)?.unwrap())?)).await.unwrap();
    (person.facts, person.name, person.cpr.expose().to_owned())
}

/// A Patient of this number with more said of it.
fn told_of(number: u16, id: &str, more: &Value) -> Value {
    let mut patient = patient_named(id, cpr_of(number).expose());
    patient.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    patient
}

fn day(number: u8) -> String {
    format!("2026-09-{number:02}T10:00:00Z")
}

#[both]
async fn name_and_birth_are_the_newest_words_in_any_order(store: TestStore) {
    let words = [
        (1, json!({ "name": [{ "given": ["Inger"], "family": "Hansen" }], "birthDate": "1943-05-12" })),
        (2, json!({ "name": [{ "given": ["Inger"], "family": "Holm" }] })),
        (3, json!({ "birthDate": "1943-05-13" })),
    ];
    for (number, order) in (1_000..).zip([[0, 1, 2], [2, 1, 0], [1, 0, 2]]) {
        let portal = Portal::open(store.clone());
        for at in order {
            let (when, more) = &words[at];
            let id = format!("p{number}{when}");
            portal
                .deliver(&report(&format!("r{number}{when}"), &day(*when), &[told_of(number, &id, more)]))
                .await;
        }
        let (facts, name, _) = known(&portal, &cpr_of(number)).await;
        assert_eq!(name.full(), "Inger Holm", "{order:?}");
        assert_eq!(facts.birth_on, Date::constant(1943, 5, 13), "{order:?}");
    }
}

#[both]
async fn a_record_system_does_not_rename_whom_a_register_knows(store: TestStore) {
    let portal = Portal::open(store);
    let inger = portal.person(1001, "Inger", "1943-05-12").await;
    let more = json!({ "name": [{ "given": ["Forkert"], "family": "Navn" }], "birthDate": "2020-01-01" });
    portal.deliver(&report("r", &day(1), &[told_of(1001, "p", &more)])).await;
    let (facts, name, _) = known(&portal, &inger.cpr).await;
    assert_eq!((name.given.as_str(), facts.birth_on), ("Inger", inger.birth_on));
}

#[both]
async fn death_is_heard_in_any_order_and_can_be_corrected(store: TestStore) {
    let words = [
        (1, json!({})),
        (2, json!({ "deceasedDateTime": "2026-08-30" })),
        (3, json!({ "deceasedBoolean": false })),
    ];
    for (number, order) in (1_000..).step_by(2).zip([[0, 1, 2], [2, 1, 0], [1, 2, 0]]) {
        let portal = Portal::open(store.clone());
        let inger = portal.person(number, "Inger", "1943-05-12").await;
        let deliver = async |at: usize| {
            let (when, more) = &words[at];
            let bundle = report(
                &format!("r{number}{when}"),
                &day(*when),
                &[told_of(number, &format!("p{number}"), more)],
            );
            portal.deliver(&bundle).await;
        };
        deliver(1).await;
        assert_eq!(known(&portal, &inger.cpr).await.0.deceased_on, Some(Date::constant(2026, 8, 30)));
        for at in order {
            deliver(at).await;
        }
        assert_eq!(known(&portal, &inger.cpr).await.0.deceased_on, None, "{order:?}");
    }
}

#[both]
async fn one_municipality_that_has_not_heard_of_a_death_brings_nobody_back_to_life(store: TestStore) {
    let portal = Portal::open(store);
    let inger = portal.person(1001, "Inger", "1943-05-12").await;
    portal
        .deliver(&report("r", &day(1), &[told_of(1001, "p", &json!({ "deceasedDateTime": "2026-08-30" }))]))
        .await;
    let elsewhere = report("x", &day(2), &[told_of(1001, "q", &json!({ "active": true }))]);
    let from_randers = sender(randers());
    ingest::take(&portal.app, &from_randers, elsewhere.to_string().as_bytes(), None).await.unwrap();
    assert!(known(&portal, &inger.cpr).await.0.is_dead());
    // What a register knows is not undone by silence either.
    let lone = portal.person(1002, "Lone", "1950-05-12").await;
    portal.change(&lone, |facts| facts.deceased_on = Some(Date::constant(2026, 10, 1))).await;
    portal.deliver(&report("y", &day(3), &[told_of(1002, "l", &json!({ "active": true }))])).await;
    assert!(known(&portal, &lone.cpr).await.0.is_dead());
}

#[both]
async fn protection_is_heard_at_once_and_lifted_by_who_said_it(store: TestStore) {
    let portal = Portal::open(store);
    let inger = portal.person(1001, "Inger", "1943-05-12").await;
    let restricted = json!({ "meta": { "security": [
        { "system": "http://terminology.hl7.org/CodeSystem/v3-Confidentiality", "code": "R" }] } });
    portal.deliver(&report("r", &day(1), &[told_of(1001, "p", &restricted)])).await;
    assert!(known(&portal, &inger.cpr).await.0.protected);
    portal.deliver(&report("s", &day(2), &[told_of(1001, "other", &json!({ "active": true }))])).await;
    assert!(known(&portal, &inger.cpr).await.0.protected, "silence elsewhere lifts nothing");
    portal.deliver(&report("t", &day(3), &[told_of(1001, "p", &json!({}))])).await;
    assert!(!known(&portal, &inger.cpr).await.0.protected, "the same Patient, newer, without it");
    let lone = portal.person(1002, "Lone", "1950-05-12").await;
    portal.change(&lone, |facts| facts.protected = true).await;
    portal.deliver(&report("u", &day(4), &[told_of(1002, "l", &json!({ "active": true }))])).await;
    assert!(known(&portal, &lone.cpr).await.0.protected, "what a register said stays");
}

/// The same person, first under one number, then under another.
fn renamed(old: u16, new: u16, at: &str) -> Value {
    let mut patient = patient_named("p", cpr_of(new).expose());
    patient["identifier"].as_array_mut().unwrap().push(json!({
        "use": "old", "system": "urn:oid:1.2.208.176.1.2", "value": cpr_of(old).expose() }));
    report("rename", at, &[patient])
}

#[both]
async fn a_changed_number_leads_to_the_same_person(store: TestStore) {
    let portal = Portal::open(store);
    let inger = portal.person(1001, "Inger", "1943-05-12").await;
    portal
        .deliver(&bundle(
            "transaction",
            &day(1),
            &[patient(&inger), letter(&inger, "a", "Før", "2026-09-01")],
        ))
        .await;
    portal.deliver(&renamed(1001, 1002, &day(2))).await;
    assert_eq!(known(&portal, &cpr_of(1002)).await.2, cpr_of(1002).expose());
    // A late delivery under the old number does not turn the number back.
    portal
        .deliver(&bundle(
            "transaction",
            &day(3),
            &[patient(&inger), letter(&inger, "b", "Efter", "2026-09-02")],
        ))
        .await;
    let (facts, _, cpr) = known(&portal, &cpr_of(1002)).await;
    assert_eq!((facts.id, cpr.as_str()), (inger.id, cpr_of(1002).expose()));
    let journal = portal.journal_of(&cpr_of(1002), helsingor()).await.unwrap();
    assert_eq!(portal.as_citizen(&inger).await.titles(journal).await.unwrap(), ["Efter", "Før"]);
}

#[both]
async fn a_number_that_changed_before_anything_came_is_one_person_from_the_start(store: TestStore) {
    let portal = Portal::open(store);
    portal.deliver(&renamed(1001, 1002, &day(1))).await;
    let old = patient_named("old", cpr_of(1001).expose());
    portal.deliver(&report("r", &day(2), &[old])).await;
    let (old, new) = (known(&portal, &cpr_of(1001)).await, known(&portal, &cpr_of(1002)).await);
    assert_eq!(old.0.id, new.0.id);
    assert_eq!(new.2, cpr_of(1002).expose());
    assert_eq!(portal.store.rows()["journal"], 1);
}

/// What this municipality's system says of a number.
async fn says(portal: &Portal, municipality: MunicipalityCode, bundle: &Value) {
    ingest::take(&portal.app, &sender(municipality), bundle.to_string().as_bytes(), None)
        .await
        .map(|_| ())
        .unwrap();
}

fn named(given: &str) -> Value {
    json!({ "name": [{ "given": [given], "family": "Holm" }], "birthDate": "1943-05-12" })
}

#[both]
async fn one_municipality_does_not_rename_whom_another_named(store: TestStore) {
    let portal = Portal::open(store);
    let told = |id: &str, at: u8, given: &str| report(id, &day(at), &[told_of(1001, id, &named(given))]);
    says(&portal, helsingor(), &told("a", 1, "Inger")).await;
    says(&portal, randers(), &told("b", 2, "Forkert")).await;
    assert_eq!(known(&portal, &cpr_of(1001)).await.1.given, "Inger");
    // Also when the other has once said the same.
    says(&portal, randers(), &told("b", 3, "Inger")).await;
    says(&portal, randers(), &told("b", 4, "Forkert")).await;
    assert_eq!(known(&portal, &cpr_of(1001)).await.1.given, "Inger");
    says(&portal, helsingor(), &told("a", 5, "Ingrid")).await;
    assert_eq!(known(&portal, &cpr_of(1001)).await.1.given, "Ingrid", "who filled it in may correct it");
}

#[both]
async fn a_log_in_is_not_corrected_by_the_system_that_said_the_same_before(store: TestStore) {
    let portal = Portal::open(store);
    let told = |id: &str, at: u8, given: &str| report(id, &day(at), &[told_of(1001, id, &named(given))]);
    says(&portal, helsingor(), &told("a", 1, "Inger")).await;
    let (facts, name, _) = known(&portal, &cpr_of(1001)).await;
    let inger = Somebody { id: facts.id, cpr: cpr_of(1001), name, birth_on: facts.birth_on };
    portal.log_in(&inger, Role::Citizen).await;
    says(&portal, helsingor(), &told("a", 2, "Forkert")).await;
    assert_eq!(known(&portal, &cpr_of(1001)).await.1.given, "Inger");
}

async fn waiting(portal: &Portal) -> i64 {
    portal.read(|tx| Ok(borgerportal_store::claims::waiting(tx)?)).await
}

/// Each as it may be: known elsewhere, known nowhere, and two who are both somebody.
#[both]
async fn a_changed_number_is_not_believed_where_it_could_open_what_others_keep(store: TestStore) {
    let portal = Portal::open(store);
    let inger = portal.person(1001, "Inger", "1943-05-12").await;
    for municipality in [helsingor(), randers()] {
        portal.journal(&inger, municipality).await;
    }
    let lone = portal.person(1003, "Lone", "1950-05-12").await;
    let poul = portal.person(1005, "Poul", "1941-05-12").await;
    let inge = portal.person(1006, "Inge", "1942-05-12").await;
    portal.journal(&poul, helsingor()).await;
    for (number, (old, new, who)) in
        (1..).zip([(1001, 1002, &inger), (1003, 1004, &lone), (1005, 1006, &poul)])
    {
        portal.deliver(&renamed(old, new, &day(1))).await;
        assert_eq!(waiting(&portal).await, number, "{old} waits for people");
        assert_eq!(known(&portal, &cpr_of(old)).await.2, who.cpr.expose(), "{old} keeps the number");
        assert_ne!(known(&portal, &cpr_of(new)).await.0.id, who.id, "{new} leads to somebody else");
        portal.deliver(&renamed(old, new, &day(2))).await;
        assert_eq!(waiting(&portal).await, number, "once is enough");
    }
    assert_eq!(known(&portal, &cpr_of(1006)).await.0.id, inge.id);
}
