//! Tilstande and Handlingsplaner through the browser: a citizen reads how it goes in plain words, a daughter reads it with
//! her mother's name, and what a code means stands in the glossary for everybody.

use borgerportal_both::both;
use borgerportal_store::testing::TestStore;
use borgerportal_stories::deliveries::{condition, labelled, patient, report, with_note};
use borgerportal_stories::{HELSINGOR, INGER, METTE, World, rows};
use serde_json::{Value, json};

const FSIII: &str = "urn:oid:1.2.208.176.2.21";

fn coded(code: &str) -> Value {
    json!({ "coding": [{ "system": FSIII, "code": code }] })
}

/// A follow-up of the walking on a day, with a result and a level.
fn followed(id: &str, on: &str, (result, level): (&str, &str)) -> [Value; 2] {
    let about = json!([{ "reference": "Condition/walk" }]);
    let subject = condition(&INGER, "walk")["subject"].clone();
    let made = |id: String, code: Value, found: Value| {
        json!({ "resourceType": "Observation", "id": id, "status": "final", "subject": subject, "focus": about,
            "effectiveDateTime": on, "code": code, "valueCodeableConcept": found })
    };
    let follow_up = json!({ "coding": [{ "system": "http://snomed.info/sct", "code": "712744002" }] });
    [made(format!("{id}-f"), follow_up, coded(result)), made(format!("{id}-l"), coded("B"), coded(level))]
}

/// Walking by its UUID, with a goal and two follow-ups; and something that only Inger may see.
async fn told(store: TestStore) -> World {
    let (world, record) = World::with_inger(store).await;
    let mut walk = with_note(condition(&INGER, "walk"), "Går med rollator ude.");
    walk["code"] = coded("51697715-965a-40f3-b4a5-819103bf9d49");
    walk["severity"] = coded("B4");
    let goal = json!({ "resourceType": "Goal", "id": "goal", "lifecycleStatus": "active", "startDate": "2021-02-10",
        "subject": walk["subject"], "addresses": [{ "reference": "Condition/walk" }],
        "target": [{ "detailCodeableConcept": coded("B2") }] });
    let mut mood = labelled(with_meta(condition(&INGER, "mood")), &["audience-citizen"]);
    mood["code"] = coded("I6.2");
    mood.as_object_mut().unwrap().remove("severity");
    let mut resources = vec![patient(&INGER), walk, goal, mood];
    resources.extend(followed("one", "2021-05-01", ("E1", "B4")));
    resources.extend(followed("two", "2021-08-01", ("E2", "B3")));
    record.delivers(&report("r1", "2021-08-02T10:00:00Z", &resources)).await;
    world
}

fn with_meta(mut resource: Value) -> Value {
    resource["meta"] = json!({});
    resource
}

#[both]
async fn a_citizen_reads_plain_words_first_then_how_it_went(store: TestStore) {
    let world = told(store).await;
    let inger = world.log_in_as_citizen(INGER, HELSINGOR).await;
    let documents = inger.at("/documents").await;
    let tabs: Vec<String> = documents.links().into_iter().map(|(_, words)| words).collect();
    for tab in ["Dokumenter", "Tilstande", "Handlingsplaner"] {
        assert!(tabs.iter().any(|words| words == tab), "{tab}: {tabs:?}");
    }
    let list = inger.at("/conditions").await;
    assert_eq!((list.status, list.h1().as_str()), (200, "Tilstande"));
    let words = list.words();
    for expected in [
        "Hvad er en tilstand?",
        "At gå, inde og ude, også med stok eller rollator.",
        "Nu: Svære begrænsninger (3 på en skala fra 0 til 4)",
        "Forventet: Lette begrænsninger (1 på en skala fra 0 til 4)",
        "Emotionelle problemer",
    ] {
        assert!(words.contains(expected), "{expected}: {words}");
    }
    let walk = rows(&list).into_iter().find(|row| row.title == "Gå").unwrap();
    let page = inger.browser.get(&walk.href).await;
    assert_eq!((page.status, page.h1().as_str()), (200, "Gå"));
    let (html, words) = (page.html(), page.words());
    assert!(html.contains("<svg class=\"bp-plot\"") && html.contains("role=\"img\""));
    for expected in
        ["Går med rollator ude.", "1. maj 2021", "Fortsættes", "Ændres inden for rammen", "Fælles Sprog III"]
    {
        assert!(words.contains(expected), "{expected}: {words}");
    }
    let log = inger.log().await;
    assert!(log.iter().any(|line| line == "Du åbnede tilstande"), "{log:?}");
}

#[both]
async fn a_daughter_reads_it_with_her_mothers_name_and_without_what_is_not_for_her(store: TestStore) {
    let world = told(store).await;
    let mut mette = world.log_in_as_relative(METTE, HELSINGOR).await;
    mette.choose("Inger Holm").await;
    let list = mette.at("/conditions").await;
    assert_eq!(list.h1(), "Ingers tilstande");
    let words = list.words();
    assert!(words.contains("Gå") && !words.contains("Emotionelle"), "{words}");
    let inger = world.log_in_as_citizen(INGER, HELSINGOR).await;
    let own = rows(&inger.at("/conditions").await);
    let mood = own.into_iter().find(|row| row.title == "Emotionelle problemer").unwrap();
    let there = mette.browser.get(&mood.href).await;
    assert_eq!((there.status, there.h1().as_str()), (404, "Vi kan ikke finde siden"));
    let empty = mette.at("/plans").await;
    assert_eq!((empty.status, empty.h1().as_str()), (200, "Ingers handlingsplaner"));
    assert!(empty.words().contains("Kommunen har ikke skrevet nogen handlingsplan om Inger."));
    let log = inger.log().await;
    assert!(log.iter().any(|line| line == "Mette Holm åbnede handlingsplaner"), "{log:?}");
}

#[both]
async fn the_glossary_is_for_everybody_in_both_languages(store: TestStore) {
    let world = World::open(store).await;
    let anybody = world.person(METTE);
    let topics = anybody.browser.get("/ordbog").await;
    assert_eq!((topics.status, topics.h1().as_str()), (200, "Ordbog"));
    let health = anybody.browser.get("/ordbog/helbred").await;
    assert!(health.words().contains("Problemer med venøst sår"), "{}", health.words());
    assert_eq!(anybody.browser.get("/ordbog/medicin").await.status, 404);
    anybody.browser.get("/sprog/en?back=/ordbog").await;
    let english = anybody.browser.get("/ordbog/helbred").await;
    assert!(english.words().contains("Problems with a venous wound"), "{}", english.words());
}
