//! Handlingsplaner, from the delivery to what each reader is told: a helper reads the plan without what it rests on, where
//! that is too private.

use crate::common::*;
use borgerportal_both::both;
use borgerportal_domain::ids::{ItemId, JournalId};
use borgerportal_domain::plans::{Overview, State};
use borgerportal_service::Problem;
use borgerportal_service::plans::{self, One, Texts};
use borgerportal_store::testing::TestStore;
use serde_json::{Value, json};
use std::sync::Arc;

const FFB: &str = "urn:oid:1.2.208.176.2.22";
const KL: &str = "http://fhir.kl.dk/term/CodeSystem/CareSocialCodes";

fn coded(system: &str, code: &str) -> Value {
    json!({ "coding": [{ "system": system, "code": code }] })
}

fn resource(who: &Somebody, kind: &str, id: &str, more: &Value) -> Value {
    let mut resource = json!({ "resourceType": kind, "id": id, "subject": condition(who, "x")["subject"] });
    for (name, value) in more.as_object().unwrap() {
        resource[name] = value.clone();
    }
    resource
}

impl Visitor {
    pub(crate) async fn plans(&self, journal: JournalId) -> Result<Arc<Overview>, Problem> {
        let places = self.portal.app.municipalities.clone();
        let read = move |tx: &borgerportal_store::tx::Tx<'_>, who: &_| {
            plans::overview(tx, &places, who, journal).map(|(_, overview)| overview)
        };
        self.portal.app.read_as(&self.token, read).await
    }

    async fn plan(&self, journal: JournalId, item: ItemId) -> Result<(One, Texts), Problem> {
        let places = self.portal.app.municipalities.clone();
        let read = move |tx: &borgerportal_store::tx::Tx<'_>, who: &_| {
            plans::one(tx, &places, who, (journal, item)).map(|(_, one)| one)
        };
        self.portal.app.read_as(&self.token, read).await
    }
}

/// Amir has a plan that rests on a disability and on a social problem, a goal with a theme, and a follow-up with a text.
async fn amir(portal: &Portal) -> (Somebody, JournalId) {
    let amir = portal.person(1001, "Amir", "1992-05-12").await;
    let refer = |name: &str| json!({ "reference": name });
    let made = |kind, id, more: &Value| resource(&amir, kind, id, more);
    let told = [
        patient(&amir),
        made("Condition", "autism", &json!({ "code": coded(FFB, "9b3fd322-a75a-4ed8-9b74-425fa1e01c95") })),
        made("Condition", "thoughts", &json!({ "code": coded(FFB, "5e95db73-4d16-4084-93a3-595c0650b160") })),
        made("Condition", "mail", &json!({ "code": coded(FFB, "8bef71de-55b5-47fe-b438-18ac769106b3") })),
        made(
            "Goal",
            "goal",
            &json!({ "lifecycleStatus": "active", "description": { "text": "åbner sin post" },
            "category": [coded(KL, "0bb3daef-538d-45dc-b444-abdbcb63f6bc")],
            "addresses": [refer("Condition/mail")] }),
        ),
        made(
            "CarePlan",
            "plan",
            &json!({ "status": "active", "intent": "order", "period": { "start": "2021-02-01" },
            "category": [coded(KL, "4a297733-4d66-4726-a933-590d55cf91e0")], "description": "Bostøtte",
            "addresses": [refer("Condition/autism"), refer("Condition/thoughts")], "goal": [refer("Goal/goal")] }),
        ),
        made(
            "Observation",
            "follow",
            &json!({ "status": "final", "effectiveDateTime": "2021-05-01",
            "code": coded("http://snomed.info/sct", "712744002"), "focus": [refer("CarePlan/plan")],
            "valueCodeableConcept": { "text": "Det går godt",
                "coding": coded(FFB, "1e971d84-10a4-4ef8-a8b3-0daa4c7d088a")["coding"] } }),
        ),
    ];
    portal.deliver(&report("r1", "2021-05-02T10:00:00Z", &told)).await;
    let journal = portal.journal_of(&amir.cpr, helsingor()).await.unwrap();
    (amir, journal)
}

#[both]
async fn a_plan_is_read_with_its_goals_and_how_it_went(store: TestStore) {
    let portal = Portal::open(store);
    let (amir, journal) = amir(&portal).await;
    let reader = portal.as_citizen(&amir).await;
    let overview = reader.plans(journal).await.unwrap();
    let [told] = overview.plans.as_slice() else { panic!("one plan: {overview:?}") };
    assert_eq!((told.plan.it.title.as_str(), told.plan.it.state), ("Bostøtte", State::Running));
    let targets: Vec<&str> = told.targets.iter().map(|target| target.label.as_ref()).collect();
    assert_eq!(targets, ["Autismespektrum", "Selvmordstanker eller -forsøg"]);
    assert_eq!(told.goals[0].themes[0].it.what.label, "Håndtere post");
    let (One::Plan(opened), texts) = reader.plan(journal, told.plan.id).await.unwrap() else {
        panic!("a plan is a plan")
    };
    assert_eq!(*opened, *told);
    assert_eq!(texts[&told.judgements[0].id], ["Det går godt"]);
    let goal = reader.plan(journal, told.goals[0].goal.id).await.unwrap().0;
    assert!(matches!(goal, One::Goal(_)));
    let stray = reader.plan(journal, ItemId::from_bytes([9; 16])).await;
    assert!(matches!(stray, Err(Problem::NotFound)));
}

#[both]
async fn a_helper_reads_the_plan_without_the_social_problem_it_rests_on(store: TestStore) {
    let portal = Portal::open(store);
    let (amir, journal) = amir(&portal).await;
    let samir = portal.person(1002, "Samir", "1990-02-03").await;
    portal.mandate(&amir, &samir).await;
    let overview = portal.as_relative(&samir).await.plans(journal).await.unwrap();
    let targets: Vec<&str> = overview.plans[0].targets.iter().map(|target| target.label.as_ref()).collect();
    assert_eq!(targets, ["Autismespektrum"]);
    assert!(!format!("{overview:?}").contains("Selvmord"), "no trace of it");
}

#[both]
async fn a_theme_that_is_hidden_leaves_the_goal_without_its_name(store: TestStore) {
    let portal = Portal::open(store);
    let (amir, journal) = amir(&portal).await;
    let mail = json!({ "code": coded(FFB, "8bef71de-55b5-47fe-b438-18ac769106b3"), "meta": {} });
    let hidden = labelled(resource(&amir, "Condition", "mail", &mail), &["audience-none"]);
    portal.deliver(&report("r2", "2021-06-02T10:00:00Z", &[patient(&amir), hidden])).await;
    let overview = portal.as_citizen(&amir).await.plans(journal).await.unwrap();
    assert!(overview.plans[0].goals[0].themes.is_empty());
    assert!(!format!("{overview:?}").contains("Håndtere post"));
}

#[both]
async fn each_reading_is_a_line_of_its_own_kind(store: TestStore) {
    let portal = Portal::open(store);
    let (amir, journal) = amir(&portal).await;
    let reader = portal.as_citizen(&amir).await;
    let overview = reader.plans(journal).await.unwrap();
    reader.plan(journal, overview.plans[0].plan.id).await.unwrap();
    let log = reader.log(journal).await.unwrap();
    assert_eq!(log, ["Amir plans shown", "Amir plans shown"], "{log:?}");
}
