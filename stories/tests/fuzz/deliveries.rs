//! The FHIR door: deliveries bent at every place, and forbidden things hidden in good ones.

use crate::mutate::{Random, json_bytes, tree};
use crate::play::{Target, kept};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use borgerportal_fhir::delivery::{Delivery, Incoming, Source};
use borgerportal_fhir::gate;
use borgerportal_fhir::ingest::{Limits, read};
use borgerportal_fhir::outcome::Rejection;
use borgerportal_fhir::render::{Lang, body};
use borgerportal_fhir::state::fold;
use borgerportal_stories::deliveries::{
    PDF, bundle, care_plan, condition, deletion, encounter, form, labelled, letter, patient, report,
    visible_from, with_form, with_note, with_pdf, wrong,
};
use borgerportal_stories::{INGER, POUL};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::Path;

/// Official examples larger than this say nothing that smaller ones do not.
const EXAMPLE: usize = 60_000;
const AT: &str = "2026-10-01T10:00:00Z";

fn seeds() -> Vec<Vec<u8>> {
    let inger = patient(&INGER);
    let brev = letter(&INGER, "d1", "Afgørelse", "2026-10-01");
    let whole = [
        inger.clone(),
        with_pdf(with_form(brev.clone(), "f1"), PDF),
        form(&INGER, "f1", "Hun sover dårligt"),
        visible_from(
            labelled(letter(&INGER, "d2", "Til hende", "2026-09-01"), &["audience-citizen"]),
            "2027-01-01",
        ),
        with_note(condition(&INGER, "c1"), "Smerter"),
        care_plan(&INGER, "p1"),
        encounter(&INGER, "e1"),
        wrong(condition(&INGER, "c2")),
    ];
    let two = [inger, brev, patient(&POUL), letter(&POUL, "d3", "Brev", "2026-10-02")];
    let ours = [
        bundle("transaction", AT, &whole),
        bundle("batch", AT, &two),
        report("r1", AT, &whole),
        report("r2", AT, &[json!(report("r3", AT, &two))]),
        deletion(AT, "DocumentReference/d1"),
    ];
    let mut seeds: Vec<Vec<u8>> = ours.iter().map(|value| value.to_string().into_bytes()).collect();
    let official = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/standards");
    for guide in ["kl-gateway", "kl-core-fki", "kl-rehab-140", "kl-prevention-119", "kl-children"] {
        let files = kept(&official.join(guide).join("examples"));
        seeds.extend(files.into_iter().filter(|file| file.len() < EXAMPLE && read_one(file).is_ok()).take(6));
    }
    seeds
}

fn read_one(bytes: &[u8]) -> Result<Delivery, Rejection> {
    read(bytes, &Limits::default())
}

/// What a delivery brought or was refused for, in a word without content.
fn outcome(read: &Result<Delivery, Rejection>) -> String {
    match read {
        Ok(it) => {
            let kinds: BTreeSet<String> = items(it)
                .map(|item| {
                    format!("{}{:?}{}", item.source.kind.name(), item.stamp.rank, item.files.len().min(2))
                })
                .collect();
            format!("{:?} {kinds:?} {:?}", it.kind, it.notes().map(|note| note.reason).collect::<Vec<_>>())
        }
        Err(no) => format!("{:?}", no.issues.iter().map(|issue| issue.reason).collect::<BTreeSet<_>>()),
    }
}

fn items(delivery: &Delivery) -> impl Iterator<Item = &Incoming> {
    delivery.citizens.iter().flat_map(|citizen| &citizen.items)
}

/// What holds for every delivery that was taken, and for every refusal.
fn holds(input: &[u8]) -> String {
    let answer = read_one(input);
    match &answer {
        Ok(delivery) => {
            assert_eq!(fold([delivery]).apply(delivery).updated, 0, "the same again is no news");
            for item in items(delivery) {
                assert!(item.source.id.len() <= Source::LONGEST, "a name too long to keep");
                // A report of which everything was withdrawn leaves its name and no content.
                let empty = item.raw.is_empty() && item.stamp.rank.is_gone();
                assert!(empty || gate::may_show(&item.raw), "{} is kept, but not shown", item.source);
                assert!(
                    gate::may_index(item) || item.search_text.is_empty(),
                    "{} cannot be found",
                    item.source
                );
                for file in &item.files {
                    assert!(gate::sniff(&file.bytes).is_ok(), "{} holds a file of another kind", item.source);
                }
                for lang in [Lang::Da, Lang::En] {
                    let _ = body(&item.raw, lang).plain();
                }
            }
        }
        Err(no) => {
            let said = no.operation_outcome();
            let parsed: Value = serde_json::from_str(&said).unwrap();
            assert!((400..500).contains(&no.status()) && !parsed["issue"].as_array().unwrap().is_empty());
            for person in [INGER, POUL] {
                assert!(!said.contains(person.cpr().expose()), "a refusal repeats a number: {said}");
            }
        }
    }
    outcome(&answer)
}

#[test]
fn a_delivery() {
    Target { name: "delivery", seeds: seeds(), bend: &json_bytes, read: &holds }.play();
}

/// Stands in everything forbidden, and nowhere else.
const MARK: &str = "Skjultmedicin";

/// Forbidden things as they may be hidden: as a tree, as text, as a file.
fn forbidden(random: &mut Random) -> Value {
    let thing = match random.below(6) {
        0 => json!({ "resourceType": "MedicationStatement", "status": "active", "note": [{ "text": MARK }] }),
        1 => {
            json!({ "resourceType": "MedicationRequest", "id": "m", "dosageInstruction": [{ "text": MARK }] })
        }
        2 => {
            json!({ "resourceType": "Observation", "status": "final", "valueQuantity": { "value": 7, "unit": MARK } })
        }
        3 => json!({ "resourceType": "MessageHeader", "eventCoding": { "code": MARK } }),
        4 => json!({ "resourceType": "Bundle", "type": "collection",
            "entry": [{ "resource": { "resourceType": "MedicationAdministration", "note": [{ "text": MARK }] } }] }),
        _ => json!({ "resourceType": "Media", "note": [{ "text": MARK }] }),
    };
    let bytes = thing.to_string();
    match random.below(4) {
        0 => json!(bytes),
        1 => json!({ "contentType": "application/json", "data": BASE64_STANDARD.encode(bytes) }),
        _ => thing,
    }
}

/// Puts it anywhere into a delivery that is otherwise good, or nearly.
fn hide(random: &mut Random, input: &[u8], others: &[Vec<u8>]) -> Vec<u8> {
    let Ok(mut value) = serde_json::from_slice::<Value>(random.of(others).as_slice()) else {
        return input.to_vec();
    };
    if random.once_in(4) {
        tree(random, &mut value, &[]);
    }
    let thing = forbidden(random);
    put(random, &mut value, thing);
    value.to_string().into_bytes()
}

/// Down a random way to an object or array, and in.
fn put(random: &mut Random, value: &mut Value, thing: Value) {
    let inner: Vec<&mut Value> = match value {
        Value::Array(items) => items.iter_mut().filter(|it| it.is_object() || it.is_array()).collect(),
        Value::Object(members) => members.values_mut().filter(|it| it.is_object() || it.is_array()).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Vec::new(),
    };
    if !inner.is_empty() && !random.once_in(5) {
        let which = random.below(inner.len());
        return put(random, inner.into_iter().nth(which).unwrap(), thing);
    }
    match value {
        Value::Array(items) => items.insert(random.below(items.len() + 1), thing),
        Value::Object(members) => {
            let names =
                ["contained", "extension", "content", "valueString", "data", "text", "note", "anything"];
            let list = random.once_in(2);
            members.insert((*random.of(&names)).to_owned(), if list { json!([thing]) } else { thing });
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => *value = thing,
    }
}

/// Nothing of it is kept in a form that anybody could meet.
fn is_not_let_in(input: &[u8]) -> String {
    let answer = read_one(input);
    for item in answer.iter().flat_map(items) {
        let shown =
            [body(&item.raw, Lang::Da).plain(), item.search_text.clone(), format!("{:?}", item.document)];
        let files = item.files.iter().map(|file| String::from_utf8_lossy(&file.bytes).into_owned());
        for text in shown.into_iter().chain(files).chain([String::from_utf8_lossy(&item.raw).into_owned()]) {
            assert!(!text.contains(MARK), "{} holds it: {text}", item.source);
        }
    }
    outcome(&answer)
}

#[test]
fn something_forbidden_in_a_good_delivery() {
    Target { name: "hidden", seeds: seeds(), bend: &hide, read: &is_not_let_in }.play();
}
