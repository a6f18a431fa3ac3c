//! Planted words: something of every room that nobody may see, or not yet, or not a relative, or that should never have come.
//! Whoever may not read a word follows every link of the portal, opens every file, searches, and never meets it; whoever may
//! does, so that the walk is known to reach it.

use super::what_is_printed::printed;
use borgerportal_both::both;
use borgerportal_fhir::{GRANT_DECISION, MESSAGE_CATEGORY};
use borgerportal_store::testing::TestStore;
use borgerportal_stories::deliveries::{
    bundle, condition, labelled, letter, name_of, patient, visible_from, with_note, with_pdf, wrong,
};
use borgerportal_stories::deliveries::{pdf_saying, report};
use borgerportal_stories::{HELSINGOR, INGER, METTE, Page, Visitor, World};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// Pages walked at most: far more than there are.
const MOST: usize = 400;
/// Addresses of one path that differ in their query only.
const VARIANTS: usize = 6;
/// Everybody, in labels.
const ALL: [&str; 3] = ["audience-citizen", "audience-parent", "audience-relative"];
/// Makes a resource of this id that says this word.
type Plant = fn(&str, &str) -> Value;
/// What may be planted, by room.
const ROOMS: [(&str, Plant); 7] = [
    ("documents", document),
    ("conditions", noted),
    ("plans", plan),
    ("grants", grant),
    ("calendar", visit),
    ("aids", loan),
    ("messages", message),
];

fn subject() -> Value {
    json!({ "reference": format!("Patient/{}", name_of(&INGER)) })
}

fn document(id: &str, word: &str) -> Value {
    with_pdf(letter(&INGER, id, &format!("Brev {word}"), "2026-10-02"), &pdf_saying(word))
}

fn noted(id: &str, word: &str) -> Value {
    with_note(condition(&INGER, id), word)
}

fn plan(id: &str, word: &str) -> Value {
    json!({ "resourceType": "CarePlan", "id": id, "subject": subject(), "status": "active", "intent": "plan",
        "meta": { "profile": ["http://fhir.kl.dk/ffbreporting/StructureDefinition/klgateway-plan"] },
        "title": format!("Plan {word}"), "description": format!("Plan {word}"),
        "period": { "start": "2026-09-01" } })
}

fn grant(id: &str, word: &str) -> Value {
    json!({ "resourceType": "CarePlan", "id": id, "subject": subject(), "status": "active", "intent": "plan",
        "title": format!("Hjælp {word}"), "period": { "start": "2026-09-01" },
        "extension": [{ "url": GRANT_DECISION, "extension": [
            { "url": "law", "valueCode": "sel" }, { "url": "section", "valueString": "§ 83" },
            { "url": "state", "valueCode": "granted" }, { "url": "decided", "valueDate": "2026-09-01" }] }],
        "activity": [{ "detail": { "status": "in-progress", "performer": [{ "display": format!("Firma {word}") }] } }] })
}

fn visit(id: &str, word: &str) -> Value {
    json!({ "resourceType": "Appointment", "id": id, "status": "booked",
        "serviceType": [{ "text": format!("Besøg {word}") }],
        "start": "2026-11-05T09:00:00+01:00", "end": "2026-11-05T10:00:00+01:00",
        "participant": [{ "actor": subject(), "status": "accepted" },
            { "actor": { "type": "Organization", "display": format!("Gruppe {word}") }, "status": "accepted" }] })
}

fn loan(id: &str, word: &str) -> Value {
    json!({ "resourceType": "DeviceUseStatement", "id": id, "subject": subject(), "status": "active",
        "device": { "display": format!("Rollator {word}") }, "timingPeriod": { "start": "2026-09-01" } })
}

fn message(id: &str, word: &str) -> Value {
    json!({ "resourceType": "Communication", "id": id, "subject": subject(), "status": "completed",
        "category": [{ "coding": [{ "system": MESSAGE_CATEGORY, "code": "answer" }] }],
        "topic": { "text": format!("Svar {word}") }, "sent": "2026-10-03T10:00:00+02:00",
        "sender": { "display": "Visitationen" }, "recipient": [subject()],
        "payload": [{ "contentString": format!("Kommunen svarer {word}") }] })
}

/// What must never come in, with its word.
fn forbidden() -> Vec<Value> {
    let coding = |system: &str, code: &str| json!({ "coding": [{ "system": system, "code": code }] });
    vec![
        json!({ "resourceType": "MedicationStatement", "id": "m", "subject": subject(), "status": "active",
            "medicationCodeableConcept": { "text": "Forbudtmedicin" } }),
        json!({ "resourceType": "Observation", "id": "o", "subject": subject(), "status": "final",
            "code": coding("urn:oid:1.2.208.176.2.1", "NPU02187"), "valueString": "Forbudtmåling",
            "effectiveDateTime": "2026-10-01T10:00:00Z" }),
        json!({ "resourceType": "Communication", "id": "c", "subject": subject(), "status": "completed",
            "category": [coding("http://medcomfhir.dk/ig/terminology/CodeSystem/medcom-careCommunication-categories",
                "carecoordination")],
            "payload": [{ "contentString": "Forbudtkorrespondance" }] }),
    ]
}

/// Everything that is planted, in a batch: what must not come in is refused alone.
fn planted() -> Value {
    let mut all = vec![patient(&INGER)];
    for (room, make) in ROOMS {
        let with = |kind: &str| make(&format!("{room}-{kind}"), &format!("{kind}{room}"));
        all.push(labelled(with("Aaben"), &ALL));
        all.push(labelled(with("Skjult"), &[&ALL[..], &["withheld-from-relative"]].concat()));
        all.push(labelled(with("Ingen"), &["audience-none"]));
        let mut later = visible_from(labelled(with("Senere"), &ALL), "2031-01-01");
        if room == "grants" {
            let decision = with("Senere")["extension"][0].clone();
            later["extension"].as_array_mut().unwrap().push(decision);
        }
        all.push(later);
        all.push(labelled(with("Ukendt"), &["audience-citizen", "audience-martians"]));
        all.push(wrong(labelled(with("Fejl"), &ALL)));
    }
    all.extend(forbidden());
    bundle("batch", "2026-10-04T10:00:00Z", &all)
}

/// All that a walk read: what stands at which address.
type Read = BTreeMap<String, String>;

/// Follows every link of ours from the front page of the journal.
async fn walk(visitor: &Visitor, journal: &str) -> Read {
    let (mut read, mut variants) = (Read::new(), BTreeMap::<String, usize>::new());
    let mut waiting = VecDeque::from([format!("{journal}/")]);
    let mut known: BTreeSet<String> = waiting.iter().cloned().collect();
    while let Some(path) = waiting.pop_front() {
        let page = visitor.browser.get(&path).await;
        assert!(page.status < 500, "{path}: {}", page.status);
        for (to, _) in if is_html(&page) { page.links() } else { Vec::new() } {
            let Ok(to) = page.url.join(&to) else { continue };
            let ours = to.origin() == page.url.origin() && to.path().starts_with(journal);
            let address = to.query().map_or(to.path().to_owned(), |query| format!("{}?{query}", to.path()));
            if ours && known.len() < MOST && !known.contains(&address) {
                let count = variants.entry(to.path().to_owned()).or_default();
                *count += 1;
                if *count <= VARIANTS {
                    known.insert(address.clone());
                    waiting.push_back(address);
                }
            }
        }
        read.insert(path, text(&page));
    }
    assert!(known.len() < MOST, "the walk does not end");
    read
}

fn is_html(page: &Page) -> bool {
    page.header("content-type").is_some_and(|kind| kind.starts_with("text/html"))
}

/// Everything that an answer says: of a page its whole text with all attributes, of a PDF its words.
fn text(page: &Page) -> String {
    if page.body.starts_with(b"%PDF") {
        printed(page)
    } else {
        String::from_utf8_lossy(&page.body).into_owned()
    }
}

/// Where this word was read.
fn places<'r>(read: &'r Read, word: &str) -> Vec<&'r str> {
    let word = word.to_lowercase();
    read.iter()
        .filter(|(_, text)| text.to_lowercase().contains(&word))
        .map(|(path, _)| path.as_str())
        .collect()
}

async fn seen(world: &World, visitor: &Visitor) -> Read {
    let journal = world.journal_of(&INGER).await;
    let mut read = walk(visitor, &journal).await;
    for (room, _) in ROOMS {
        for kind in ["Skjult", "Ingen", "Senere", "Ukendt", "Fejl"] {
            let marker = format!("{kind}{room}");
            let page = visitor.search(&marker).await;
            // The page repeats what was typed; what it found is its links.
            let found: Vec<String> = page
                .links()
                .into_iter()
                .filter(|(to, _)| to.contains("/documents/"))
                .map(|(to, said)| format!("{to} {said}"))
                .collect();
            let found = found.join("\n");
            read.insert(format!("search for {marker}"), found);
        }
    }
    read
}

#[both]
async fn nobody_meets_a_word_that_is_not_for_them(store: TestStore) {
    let (world, record) = World::with_inger(store).await;
    let answer = record.deliver(&planted()).await;
    assert_eq!(answer.status, 200, "{}", answer.html());
    record
        .delivers(&report("r", "2026-10-05T10:00:00Z", &[patient(&INGER), noted("r1", "Aabenrapport")]))
        .await;
    let inger = world.log_in_as_citizen(INGER, HELSINGOR).await;
    let mother = seen(&world, &inger).await;
    world.mandate(&INGER, &METTE).await;
    let mut mette = world.log_in_as_relative(METTE, HELSINGOR).await;
    mette.choose("Inger Holm").await;
    let daughter = seen(&world, &mette).await;
    for (room, _) in ROOMS {
        let (open, hidden) = (format!("Aaben{room}"), format!("Skjult{room}"));
        assert!(!places(&mother, &open).is_empty(), "the walk does not reach {room}: {:?}", mother.keys());
        assert!(
            !places(&mother, &hidden).is_empty(),
            "the mother reads what is withheld from relatives: {room}"
        );
        assert!(!places(&daughter, &open).is_empty(), "the daughter's walk does not reach {room}");
        assert_eq!(places(&daughter, &hidden), [""; 0], "withheld from relatives: {room}");
        for kind in ["Ingen", "Senere", "Ukendt", "Fejl"] {
            let marker = format!("{kind}{room}");
            assert_eq!(places(&mother, &marker), [""; 0], "{marker}");
            assert_eq!(places(&daughter, &marker), [""; 0], "{marker}");
        }
    }
    for read in [&mother, &daughter] {
        assert_eq!(places(read, "Forbudt"), [""; 0]);
        assert_eq!(places(read, INGER.cpr().expose()), [""; 0], "no number stands in any answer");
    }
}
