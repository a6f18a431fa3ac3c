//! Tilstande, from the delivery to what each reader is told: by label, by basis, by municipality, after a correction.

use crate::common::*;
use borgerportal_both::both;
use borgerportal_domain::access::Privilege;
use borgerportal_domain::conditions::{Overview, Story};
use borgerportal_domain::ids::{ItemId, JournalId};
use borgerportal_service::Problem;
use borgerportal_service::conditions::{self, One, Texts};
use borgerportal_store::testing::TestStore;
use serde_json::{Value, json};
use std::sync::Arc;

const FSIII: &str = "urn:oid:1.2.208.176.2.21";

fn coded(code: &str) -> Value {
    json!({ "coding": [{ "system": FSIII, "code": code }] })
}

fn noted(who: &Somebody, id: &str, code: &str, level: Option<&str>) -> Value {
    let mut noted = condition(who, id);
    noted["code"] = coded(code);
    match level {
        Some(level) => noted["severity"] = coded(level),
        None => drop(noted.as_object_mut().unwrap().remove("severity")),
    }
    noted
}

fn remark(who: &Somebody, id: &str, about: &str, (code, found): (&str, &str), on: &str) -> Value {
    let (system, code) = if code == "712744002" { ("http://snomed.info/sct", code) } else { (FSIII, code) };
    json!({ "resourceType": "Observation", "id": id, "status": "final", "effectiveDateTime": on,
        "subject": condition(who, "x")["subject"], "focus": [{ "reference": format!("Condition/{about}") }],
        "code": { "coding": [{ "system": system, "code": code }] }, "valueCodeableConcept": coded(found) })
}

fn goal(who: &Somebody, id: &str, about: &str, level: &str) -> Value {
    json!({ "resourceType": "Goal", "id": id, "lifecycleStatus": "active", "startDate": "2021-02-10",
        "subject": condition(who, "x")["subject"], "addresses": [{ "reference": format!("Condition/{about}") }],
        "target": [{ "detailCodeableConcept": coded(level) }] })
}

impl Visitor {
    pub(crate) async fn conditions(&self, journal: JournalId) -> Result<Arc<Overview>, Problem> {
        let places = self.portal.app.municipalities.clone();
        let read = move |tx: &borgerportal_store::tx::Tx<'_>, who: &_| {
            conditions::overview(tx, &places, who, journal).map(|(_, overview)| overview)
        };
        self.portal.app.read_as(&self.token, read).await
    }

    async fn condition(&self, journal: JournalId, item: ItemId) -> Result<(One, Texts), Problem> {
        let places = self.portal.app.municipalities.clone();
        let read = move |tx: &borgerportal_store::tx::Tx<'_>, who: &_| {
            conditions::one(tx, &places, who, (journal, item)).map(|(_, one)| one)
        };
        self.portal.app.read_as(&self.token, read).await
    }

    /// Names of what this reader is told of, those in focus first.
    async fn names(&self, journal: JournalId) -> Vec<String> {
        let overview = self.conditions(journal).await.unwrap();
        overview.stories().map(|story| story.condition.it.what.label.to_string()).collect()
    }
}

fn story<'o>(overview: &'o Overview, key: &str) -> &'o Story {
    overview.stories().find(|story| story.condition.it.what.key == key).unwrap()
}

/// Inger walks with trouble, has a wound, and did once eat too little.
async fn inger(portal: &Portal) -> (Somebody, JournalId) {
    let inger = portal.person(1001, "Inger", "1943-05-12").await;
    let mut past = noted(&inger, "weight", "I3.3", None);
    past["clinicalStatus"] = json!({ "coding": [{ "code": "resolved" }] });
    let told = [
        patient(&inger),
        with_note(
            noted(&inger, "walk", "51697715-965a-40f3-b4a5-819103bf9d49", Some("B4")),
            "Går med rollator",
        ),
        noted(&inger, "wound", "I4.6", None),
        past,
        goal(&inger, "goal", "walk", "B2"),
        remark(&inger, "level", "walk", ("B", "B3"), "2021-05-01"),
        remark(&inger, "follow", "walk", ("712744002", "E1"), "2021-05-01"),
        remark(&inger, "does", "walk", ("C", "C2"), "2021-02-10"),
    ];
    portal.deliver(&report("r1", "2021-05-02T10:00:00Z", &told)).await;
    let journal = portal.journal_of(&inger.cpr, helsingor()).await.unwrap();
    (inger, journal)
}

#[both]
async fn a_citizen_reads_how_it_is_what_is_expected_and_how_it_went(store: TestStore) {
    let portal = Portal::open(store);
    let (inger, journal) = inger(&portal).await;
    let reader = portal.as_citizen(&inger).await;
    assert_eq!(
        reader.names(journal).await,
        ["Gå", "Problemer med venøst sår", "Uhensigtsmæssig vægtændring"]
    );
    let overview = reader.conditions(journal).await.unwrap();
    assert_eq!(overview.before.len(), 1);
    let walk = story(&overview, "J3.8");
    assert_eq!(walk.expected().and_then(|level| level.height), Some(1));
    assert_eq!(walk.performance.as_ref().unwrap().label, "Udfører dele af");
    let heights: Vec<Option<u8>> =
        walk.steps.iter().map(|step| step.level.as_ref().and_then(|level| level.height)).collect();
    assert_eq!(heights, [Some(3), Some(2)]);
    let (One::Story(opened), texts) = reader.condition(journal, walk.condition.id).await.unwrap() else {
        panic!("a condition is a story")
    };
    assert_eq!(*opened, *walk);
    assert_eq!(texts[&walk.condition.id], ["Går med rollator"]);
}

#[both]
async fn an_update_replaces_and_what_was_entered_in_error_is_gone_with_what_hung_on_it(store: TestStore) {
    let portal = Portal::open(store);
    let (inger, journal) = inger(&portal).await;
    let reader = portal.as_citizen(&inger).await;
    let better = [patient(&inger), noted(&inger, "walk", "J3.8", Some("B2"))];
    portal.deliver(&report("r2", "2021-06-02T10:00:00Z", &better)).await;
    let overview = reader.conditions(journal).await.unwrap();
    let level = story(&overview, "J3.8").condition.it.level.clone().unwrap();
    assert_eq!((level.what.label.as_ref(), level.height), ("Lette begrænsninger", Some(1)));
    let id = story(&overview, "J3.8").condition.id;
    let gone = [patient(&inger), wrong(noted(&inger, "walk", "J3.8", Some("B2")))];
    portal.deliver(&report("r3", "2021-06-03T10:00:00Z", &gone)).await;
    assert_eq!(reader.names(journal).await, ["Problemer med venøst sår", "Uhensigtsmæssig vægtændring"]);
    assert!(matches!(reader.condition(journal, id).await, Err(Problem::NotFound)));
}

#[both]
async fn what_is_withheld_is_not_there_and_neither_is_what_names_it(store: TestStore) {
    let portal = Portal::with(store, &format!("[access]\nyouth = \"full\"\n\n{OPEN}"));
    let sofie = portal.person(1003, "Sofie", "2010-03-01").await;
    let rikke = portal.person(1004, "Rikke", "1980-01-01").await;
    portal.register.custody(&rikke, &sofie);
    let hidden = labelled(
        noted(&sofie, "mood", "I6.2", None),
        &["audience-citizen", "audience-parent", "withheld-from-parent"],
    );
    let open = noted(&sofie, "insight", "I11.2", None);
    let follow = remark(&sofie, "follow", "mood", ("712744002", "E1"), "2021-05-01");
    let told = [patient(&sofie), hidden, open, follow];
    portal.deliver(&report("r1", "2021-05-02T10:00:00Z", &told)).await;
    let journal = portal.journal_of(&sofie.cpr, helsingor()).await.unwrap();
    let (own, parent) = (portal.as_citizen(&sofie).await, portal.as_parent(&rikke).await);
    borgerportal_service::custody::ask_for(&portal.app, &parent.token).await.unwrap();
    let seen = own.conditions(journal).await.unwrap();
    let mood = story(&seen, "I6.2");
    assert_eq!((mood.followed_up().is_some(), seen.stories().count()), (true, 2));
    let shown = parent.conditions(journal).await.unwrap();
    assert_eq!(
        shown.stories().map(|story| story.condition.it.what.key.as_ref()).collect::<Vec<_>>(),
        ["I11.2"]
    );
    assert!(!format!("{shown:?}").contains("I6.2"), "not by name, follow-up or area");
    for item in mood.steps.iter().flat_map(|step| &step.items) {
        let answer = parent.condition(journal, item.id).await;
        assert!(matches!(answer, Err(Problem::NotFound)), "a follow-up leads nowhere without its condition");
    }
}

#[both]
async fn without_a_label_the_municipality_decides_for_conditions_apart_from_documents(store: TestStore) {
    let rule = "[[publication]]\nkind = \"condition\"\naudience = [\"citizen\"]\n\
        signed_off_by = \"Test\"\nsigned_off_on = 2026-01-01\n";
    let portal = Portal::with(store, rule);
    let (inger, journal) = inger(&portal).await;
    let mette = portal.person(1002, "Mette", "1970-02-03").await;
    portal.mandate(&inger, &mette).await;
    assert_eq!(portal.as_citizen(&inger).await.names(journal).await.len(), 3);
    assert!(
        portal.as_citizen(&inger).await.titles(journal).await.unwrap().is_empty(),
        "no rule for documents"
    );
    let relative = portal.as_relative(&mette).await.conditions(journal).await.unwrap();
    assert!(relative.is_empty());
}

#[both]
async fn a_right_to_documents_is_none_to_conditions_and_what_is_turned_off_is_not_there(store: TestStore) {
    let portal = Portal::open(store.clone());
    let (inger, journal) = inger(&portal).await;
    let mette = portal.person(1002, "Mette", "1970-02-03").await;
    let documents = |mandate: &mut borgerportal_domain::access::MandateFact| {
        mandate.items = vec![item(only(&[Privilege::ReadDocuments]))];
    };
    portal.mandate_with(&inger, &mette, documents).await;
    let relative = portal.as_relative(&mette).await;
    assert!(relative.titles(journal).await.is_ok());
    let refused = relative.conditions(journal).await;
    assert!(matches!(refused, Err(Problem::Refused(..))), "{refused:?}");
    let off = Portal::with(store, &format!("{OPEN}\n[modules]\noff = [\"conditions\"]\n"));
    let own = off.as_citizen(&inger).await.conditions(journal).await;
    assert!(matches!(own, Err(Problem::NotFound)));
}

#[both]
async fn each_reading_is_a_line_and_what_was_not_found_is_none(store: TestStore) {
    let portal = Portal::open(store);
    let (inger, journal) = inger(&portal).await;
    let reader = portal.as_citizen(&inger).await;
    let overview = reader.conditions(journal).await.unwrap();
    reader.condition(journal, story(&overview, "J3.8").condition.id).await.unwrap();
    let stray = ItemId::from_bytes([9; 16]);
    assert!(matches!(reader.condition(journal, stray).await, Err(Problem::NotFound)));
    let log = reader.log(journal).await.unwrap();
    assert_eq!(log, ["Inger conditions shown", "Inger conditions shown"], "{log:?}");
}
