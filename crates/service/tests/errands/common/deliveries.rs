//! Small deliveries of our own, as a record system would send them.

use super::Somebody;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use borgerportal_fhir::BASE;
use serde_json::{Value, json};

pub(crate) const PDF: &[u8] = b"%PDF-1.7\nNothing but a PDF by its first bytes: HEMMELIGT INDHOLD.";
const CPR: &str = "urn:oid:1.2.208.176.1.2";

/// A Patient whose id is the number's last four digits.
pub(crate) fn patient(who: &Somebody) -> Value {
    patient_named(&name_of(who), who.cpr.expose())
}

pub(crate) fn patient_named(id: &str, cpr: &str) -> Value {
    json!({ "resourceType": "Patient", "id": id,
        "identifier": [{ "use": "official", "system": CPR, "value": cpr }] })
}

pub(crate) fn name_of(who: &Somebody) -> String {
    format!("p{}", &who.cpr.expose()[6..])
}

fn subject(who: &Somebody) -> Value {
    json!({ "reference": format!("Patient/{}", name_of(who)) })
}

fn coded(code: &str) -> Value {
    json!({ "coding": [{ "system": "urn:oid:1.2.208.176.2.21", "code": code }] })
}

/// A delivery report.
pub(crate) fn report(id: &str, at: &str, resources: &[Value]) -> Value {
    let entries: Vec<Value> = resources.iter().map(|resource| json!({ "resource": resource })).collect();
    json!({ "resourceType": "Bundle", "id": id, "type": "collection", "timestamp": at, "entry": entries })
}

/// A transaction, or with `batch` a batch.
pub(crate) fn bundle(kind: &str, at: &str, resources: &[Value]) -> Value {
    let put = |resource: &Value| {
        let text = |member: &str| resource[member].as_str().unwrap().to_owned();
        let name = format!("{}/{}", text("resourceType"), text("id"));
        json!({ "fullUrl": name, "resource": resource, "request": { "method": "PUT", "url": name } })
    };
    let entries: Vec<Value> = resources.iter().map(put).collect();
    json!({ "resourceType": "Bundle", "type": kind, "timestamp": at, "entry": entries })
}

/// A deletion by law.
pub(crate) fn deletion(at: &str, url: &str) -> Value {
    let mut bundle = bundle("transaction", at, &[]);
    bundle["entry"] = json!([{ "request": { "method": "DELETE", "url": url,
        "extension": [{ "url": format!("{BASE}/StructureDefinition/deletion-reason"), "valueCode": "Slet" }] } }]);
    bundle
}

/// A letter on a date.
pub(crate) fn letter(who: &Somebody, id: &str, title: &str, date: &str) -> Value {
    document(who, id, "letter", title, date)
}

pub(crate) fn document(who: &Somebody, id: &str, kind: &str, title: &str, date: &str) -> Value {
    json!({ "resourceType": "DocumentReference", "id": id, "subject": subject(who), "status": "current",
        "description": title, "date": format!("{date}T10:00:00+01:00"), "meta": {},
        "author": [{ "display": "Anne Berg", "type": "Practitioner" }],
        "custodian": { "display": "Hjemmeplejen Nord" },
        "type": { "coding": [{ "system": format!("{BASE}/CodeSystem/document-type"), "code": kind }] },
        "category": [{ "coding": [{ "system": format!("{BASE}/CodeSystem/document-area"), "code": "home_help" }] }] })
}

/// The same with a PDF of these bytes.
pub(crate) fn with_pdf(mut document: Value, bytes: &[u8]) -> Value {
    document["content"] = json!([{ "attachment": { "contentType": "application/pdf", "title": "Brev.pdf",
        "data": STANDARD.encode(bytes) } }]);
    document
}

/// The same with labels of our code system.
pub(crate) fn labelled(mut resource: Value, codes: &[&str]) -> Value {
    let label = |code: &&str| json!({ "system": format!("{BASE}/CodeSystem/visibility"), "code": code });
    resource["meta"]["security"] = codes.iter().map(label).collect();
    resource
}

/// The same held until a day.
pub(crate) fn visible_from(mut resource: Value, day: &str) -> Value {
    resource["extension"] =
        json!([{ "url": format!("{BASE}/StructureDefinition/visible-from"), "valueDate": day }]);
    resource
}

pub(crate) fn condition(who: &Somebody, id: &str) -> Value {
    json!({ "resourceType": "Condition", "id": id, "subject": subject(who), "code": coded("J3.8"),
        "severity": coded("B3"), "recordedDate": "2021-02-10",
        "clinicalStatus": { "coding": [{ "code": "active" }] } })
}

pub(crate) fn care_plan(who: &Somebody, id: &str) -> Value {
    json!({ "resourceType": "CarePlan", "id": id, "subject": subject(who), "status": "active", "intent": "plan",
        "period": { "start": "2021-02-12" },
        "activity": [{ "detail": { "status": "in-progress", "code": coded("H1.1") } }] })
}

/// A grant decided after serviceloven § 83, with more members of its extension.
pub(crate) fn grant(who: &Somebody, id: &str, title: &str, more: &[Value]) -> Value {
    let mut members = vec![
        json!({ "url": "law", "valueCode": "serviceloven" }),
        json!({ "url": "section", "valueString": "§ 83, stk. 1, nr. 2" }),
    ];
    members.extend_from_slice(more);
    json!({ "resourceType": "CarePlan", "id": id, "subject": subject(who), "status": "active", "intent": "order",
        "title": title, "period": { "start": "2026-05-01" }, "meta": {},
        "activity": [{ "detail": { "performer": [{ "display": "Hjemmeplejen Nord" }] } }],
        "extension": [{ "url": format!("{BASE}/StructureDefinition/grant-decision"), "extension": members }] })
}

/// How a decision went to somebody.
pub(crate) fn sent(recipient: &str, channel: &str, day: &str) -> Value {
    json!({ "url": "delivery", "extension": [
        { "url": "recipient", "valueCode": recipient },
        { "url": "channel", "valueCode": channel },
        { "url": "sent", "valueDate": day },
    ]})
}

/// The document with the decision.
pub(crate) fn with_letter(letter: &str) -> Value {
    json!({ "url": "letter", "valueReference": { "reference": format!("DocumentReference/{letter}") } })
}

pub(crate) fn encounter(who: &Somebody, id: &str) -> Value {
    json!({ "resourceType": "Encounter", "id": id, "subject": subject(who), "status": "planned",
        "period": { "start": "2021-02-15" },
        "class": { "system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "HH" },
        "type": [{ "coding": [{ "system": "http://fhir.kl.dk/term/CodeSystem/CareSocialCodes",
            "code": "9f03dfbb-7a97-45a5-94db-d4c3501714a9" }] }] })
}

pub(crate) fn form(who: &Somebody, id: &str, answer: &str) -> Value {
    json!({ "resourceType": "QuestionnaireResponse", "id": id, "subject": subject(who), "status": "completed",
        "item": [{ "text": "Søvn", "answer": [{ "valueString": answer }] }] })
}

/// A document whose body is a form.
pub(crate) fn with_form(mut document: Value, form: &str) -> Value {
    document["context"] = json!({ "related": [{ "reference": format!("QuestionnaireResponse/{form}") }] });
    document
}

/// The same resource, entered in error.
pub(crate) fn wrong(mut resource: Value) -> Value {
    match resource["resourceType"].as_str().unwrap() {
        "Condition" => {
            resource["verificationStatus"] = json!({ "coding": [{ "code": "entered-in-error" }] });
        }
        _ => resource["status"] = json!("entered-in-error"),
    }
    resource
}

pub(crate) fn with_note(mut resource: Value, text: &str) -> Value {
    resource["note"] = json!([{ "text": text }]);
    resource
}
