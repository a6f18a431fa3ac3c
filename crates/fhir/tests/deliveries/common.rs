//! Small deliveries of our own, about citizens with official test numbers.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use borgerportal_domain::Cpr;
use borgerportal_fhir::BASE;
use borgerportal_fhir::delivery::{Delivery, Incoming};
use borgerportal_fhir::ingest::{self, Limits};
use borgerportal_fhir::outcome::{Reason, Rejection};
use serde_json::{Value, json};

pub(crate) const INGER: &str = "0101010101";
pub(crate) const FSIII: &str = "urn:oid:1.2.208.176.2.21";
pub(crate) const PDF: &[u8] = b"%PDF-1.7\nAn empty one, but a PDF by its first bytes.";

pub(crate) fn read(bytes: &[u8]) -> Result<Delivery, Rejection> {
    ingest::read(bytes, &Limits::default())
}

#[track_caller]
pub(crate) fn take(bundle: &Value) -> Delivery {
    read(bundle.to_string().as_bytes()).unwrap_or_else(|rejection| panic!("{:?}", rejection.issues))
}

#[track_caller]
pub(crate) fn issues(bundle: &Value) -> Vec<(Reason, String)> {
    let rejection = read(bundle.to_string().as_bytes()).expect_err("should be refused");
    rejection.issues.into_iter().map(|issue| (issue.reason, issue.expression)).collect()
}

#[track_caller]
pub(crate) fn reasons(bundle: &Value) -> Vec<Reason> {
    issues(bundle).into_iter().map(|(reason, _)| reason).collect()
}

pub(crate) fn base64(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

pub(crate) fn coded(code: &str) -> Value {
    json!({ "coding": [{ "system": FSIII, "code": code }] })
}

pub(crate) fn patient(id: &str, cpr: &str) -> Value {
    json!({ "resourceType": "Patient", "id": id,
        "identifier": [{ "use": "official", "system": "urn:oid:1.2.208.176.1.2", "value": cpr }] })
}

pub(crate) fn collection(id: &str, at: &str, resources: &[Value]) -> Value {
    let id: String = id.chars().map(|one| if one == ':' { '-' } else { one }).collect();
    let entries: Vec<Value> = resources.iter().map(|resource| json!({ "resource": resource })).collect();
    json!({ "resourceType": "Bundle", "id": id, "type": "collection", "timestamp": at, "entry": entries })
}

/// A report about Inger.
pub(crate) fn report(id: &str, at: &str, resources: &[Value]) -> Value {
    collection(id, at, &[&[patient("inger", INGER)], resources].concat())
}

pub(crate) fn transaction(resources: &[Value]) -> Value {
    let entries: Vec<Value> = resources
        .iter()
        .map(|resource| {
            let name = format!(
                "{}/{}",
                resource["resourceType"].as_str().unwrap(),
                resource["id"].as_str().unwrap()
            );
            json!({ "fullUrl": name, "resource": resource, "request": { "method": "PUT", "url": name } })
        })
        .collect();
    json!({ "resourceType": "Bundle", "type": "transaction", "timestamp": "2025-03-02T10:00:00Z", "entry": entries })
}

fn about(kind: &str, id: &str, more: &Value) -> Value {
    let mut resource = json!({ "resourceType": kind, "id": id, "subject": { "reference": "Patient/inger" } });
    resource.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    resource
}

pub(crate) fn condition(id: &str) -> Value {
    about(
        "Condition",
        id,
        &json!({ "code": coded("J3.8"), "severity": coded("B3"), "recordedDate": "2021-02-10",
        "clinicalStatus": { "coding": [{ "code": "active" }] } }),
    )
}

pub(crate) fn goal(id: &str) -> Value {
    about(
        "Goal",
        id,
        &json!({ "lifecycleStatus": "planned", "startDate": "2021-02-10", "addresses": [{ "reference": "Condition/walk" }],
        "target": [{ "detailCodeableConcept": coded("B2") }] }),
    )
}

pub(crate) fn care_plan(id: &str) -> Value {
    about(
        "CarePlan",
        id,
        &json!({ "status": "active", "intent": "plan", "period": { "start": "2021-02-12" },
        "activity": [{ "detail": { "status": "in-progress", "code": coded("H1.1") } }] }),
    )
}

pub(crate) fn encounter(id: &str) -> Value {
    about(
        "Encounter",
        id,
        &json!({ "status": "planned", "period": { "start": "2021-02-15" },
        "class": { "system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "HH" },
        "type": [{ "coding": [{ "system": "http://fhir.kl.dk/term/CodeSystem/CareSocialCodes", "code": "9f03dfbb-7a97-45a5-94db-d4c3501714a9" }] }] }),
    )
}

pub(crate) fn evaluation(id: &str) -> Value {
    about(
        "Observation",
        id,
        &json!({ "status": "final", "effectiveDateTime": "2021-02-14", "valueCodeableConcept": coded("E1"),
        "code": { "coding": [{ "system": "http://snomed.info/sct", "code": "712744002" }] } }),
    )
}

pub(crate) fn form(id: &str) -> Value {
    about(
        "QuestionnaireResponse",
        id,
        &json!({ "status": "completed", "item": [{ "text": "Søvn", "answer": [{ "valueString": "Sover godt" }] }] }),
    )
}

pub(crate) fn document(id: &str, kind: &str, title: &str) -> Value {
    about(
        "DocumentReference",
        id,
        &json!({ "status": "current", "description": title, "date": "2025-03-02T10:00:00+01:00", "meta": {},
        "type": { "coding": [{ "system": format!("{BASE}/CodeSystem/document-type"), "code": kind }] },
        "category": [{ "coding": [{ "system": format!("{BASE}/CodeSystem/document-area"), "code": "home_help" }] }] }),
    )
}

/// One resource of every type that a citizen owns and that has a status.
pub(crate) fn one_of_each() -> Vec<Value> {
    let message = json!({ "status": "completed", "category": [{ "coding": [{ "system": format!("{BASE}/CodeSystem/message-category"), "code": "message" }] }],
        "payload": [{ "contentString": "Hej" }] });
    let mut task = about("Task", "t", &json!({ "status": "requested", "intent": "order" }));
    task["for"] = task["subject"].take();
    let mut supply = about("SupplyDelivery", "s", &json!({ "status": "in-progress" }));
    supply["patient"] = supply["subject"].take();
    let mut episode = about("EpisodeOfCare", "e", &json!({ "status": "active" }));
    episode["patient"] = episode["subject"].take();
    let appointment = json!({ "resourceType": "Appointment", "id": "a", "status": "booked", "start": "2021-02-15T10:00:00Z",
        "participant": [{ "actor": { "reference": "Patient/inger" } }, { "actor": { "display": "Team Nord" } }] });
    let mut plan = care_plan("p");
    plan["activity"][0]["detail"]["description"] = json!("Sådan gør vi");
    let mut all = vec![
        condition("walk"),
        goal("g"),
        plan,
        encounter("v"),
        evaluation("o"),
        form("f"),
        document("d", "letter", "Brev"),
    ];
    all.extend([
        about("Procedure", "pr", &json!({ "status": "completed", "code": coded("G1.39") })),
        about("ServiceRequest", "sr", &json!({ "status": "active", "intent": "proposal" })),
        about("ClinicalImpression", "ci", &json!({ "status": "completed" })),
        about("DeviceUseStatement", "du", &json!({ "status": "active" })),
        about("CareTeam", "ct", &json!({ "status": "active" })),
        about("Communication", "m", &message),
        task,
        supply,
        episode,
        appointment,
    ]);
    all
}

/// The same resource, entered in error.
pub(crate) fn wrong(mut resource: Value) -> Value {
    match resource["resourceType"].as_str().unwrap() {
        "Condition" => resource["verificationStatus"] = json!({ "coding": [{ "code": "entered-in-error" }] }),
        "Goal" => resource["lifecycleStatus"] = json!("entered-in-error"),
        _ => resource["status"] = json!("entered-in-error"),
    }
    resource
}

pub(crate) fn home_care(at: &str) -> Value {
    report("report-1", at, &[condition("walk"), goal("walk-goal"), care_plan("hygiene"), encounter("visit")])
}

/// One delivery of a made-up series: which resource, what happens to it, and when (times repeat).
pub(crate) fn story_step(number: usize, (which, what, when): (u8, u8, u8)) -> Delivery {
    let mut resource = match which {
        0 => condition("walk"),
        1 => encounter("visit"),
        2 => care_plan("hygiene"),
        _ => document("d", "letter", "Brev"),
    };
    let at = format!("2021-0{}-01T00:00:00Z", when + 1);
    match what {
        0 => {}
        1 => resource = wrong(resource),
        _ => resource["note"] = json!([{ "text": format!("Bemærkning {number}") }]),
    }
    take(&report(&format!("r{}", number % 3), &at, &[resource]))
}

/// Item of a delivery by its name.
#[track_caller]
pub(crate) fn item<'d>(delivery: &'d Delivery, name: &str) -> &'d Incoming {
    let mut items = delivery.citizens.iter().flat_map(|citizen| &citizen.items);
    items.find(|item| item.source.to_string() == name).unwrap_or_else(|| panic!("no {name}"))
}

pub(crate) fn cpr(number: &str) -> Cpr {
    Cpr::parse(number).unwrap()
}
