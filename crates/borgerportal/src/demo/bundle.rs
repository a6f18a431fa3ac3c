//! Invented records as FHIR, exactly as a record system sends them: documents in transactions, and delivery
//! reports after KL Gateway. It refuses shortcuts past the door: what the portal would not take is not here.

mod social;

pub(super) use social::social;

use super::pdf::{self, Letter};
use super::records::{Document, Report};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use borgerportal_domain::time::{Date, Timestamp};
use borgerportal_domain::{Cpr, PersonName};
use borgerportal_fhir::{BASE, CPR, DOCUMENT_AREA, DOCUMENT_TYPE, VISIBILITY, VISIBLE_FROM};
use borgerportal_i18n::Lang;
use jiff::ToSpan as _;
use serde_json::{Value, json};

pub(super) const FSIII: &str = "urn:oid:1.2.208.176.2.21";
const GATEWAY: &str = "http://fhir.kl.dk/gateway/StructureDefinition/klgateway-care-";

/// Whose record it is, and what every delivery about them says.
pub(super) struct Citizen {
    pub(super) key: &'static str,
    pub(super) cpr: Cpr,
    pub(super) name: PersonName,
    pub(super) birth_on: Date,
    pub(super) protected: bool,
    /// The municipality's full name, for letterheads.
    pub(super) municipality: String,
}

impl Citizen {
    pub(super) fn patient(&self, extra: &Value) -> Value {
        let mut patient = json!({
            "resourceType": "Patient",
            "id": self.key,
            "identifier": [{ "use": "official", "system": CPR, "value": self.cpr.expose() }],
            "name": [{ "use": "official", "given": [self.name.given], "family": self.name.family }],
            "birthDate": self.birth_on.to_string(),
        });
        if self.protected {
            let label =
                json!({ "system": "http://terminology.hl7.org/CodeSystem/v3-Confidentiality", "code": "R" });
            put(&mut patient, "meta", json!({ "security": [label] }));
        }
        merge(&mut patient, extra);
        patient
    }
}

/// Sets a member of an object.
pub(super) fn put(node: &mut Value, name: &str, value: Value) {
    if let Some(members) = node.as_object_mut() {
        members.insert(name.to_owned(), value);
    }
}

fn merge(node: &mut Value, extra: &Value) {
    for (name, value) in extra.as_object().into_iter().flatten() {
        put(node, name, value.clone());
    }
}

/// Whether the journal is open, as a delivery of its own.
pub(super) fn journal(citizen: &Citizen, active: bool, at: Timestamp) -> Value {
    transaction(at, vec![citizen.patient(&json!({ "active": active }))])
}

/// One document, or one more version of it.
pub(super) fn document(citizen: &Citizen, document: &Document, at: Timestamp, today: Date) -> Value {
    let dated = today.saturating_sub(document.dated.unwrap_or(document.days).days());
    let mut node = json!({
        "resourceType": "DocumentReference",
        "id": document.id,
        "meta": {
            "lastUpdated": at.to_string(),
            "security": security(&document.audience, &document.withheld, &document.sensitive),
        },
        "status": if document.withdrawn { "entered-in-error" } else { "current" },
        "description": document.title,
        "date": format!("{dated}T10:00:00+01:00"),
        "subject": { "reference": format!("Patient/{}", citizen.key) },
        "type": coded(DOCUMENT_TYPE, &document.kind),
        "category": [coded(DOCUMENT_AREA, &document.area)],
    });
    let mut authors = Vec::new();
    if let Some(author) = &document.author {
        authors.push(json!({ "type": "Practitioner", "display": author }));
    }
    if let Some(unit) = &document.unit {
        authors.push(json!({ "type": "Organization", "display": unit }));
        put(&mut node, "custodian", json!({ "type": "Organization", "display": unit }));
    }
    put(&mut node, "author", Value::Array(authors));
    if let Some(days) = document.visible_in {
        let from = today.saturating_add(days.days());
        put(&mut node, "extension", json!([{ "url": VISIBLE_FROM, "valueDate": from.to_string() }]));
    }
    if !document.text.is_empty() {
        put(&mut node, "contained", json!([form(document)]));
    }
    if document.pdf {
        let file = BASE64_STANDARD.encode(letter(citizen, document, dated));
        let attachment = json!({ "contentType": "application/pdf", "title": document.title, "data": file });
        put(&mut node, "content", json!([{ "attachment": attachment }]));
    }
    transaction(at, vec![citizen.patient(&json!({})), node])
}

pub(super) fn coded(system: &str, code: &str) -> Value {
    json!({ "coding": [{ "system": system, "code": code }] })
}

/// The labels of a resource.
pub(super) fn security(audience: &[String], withheld: &[String], sensitive: &[String]) -> Vec<Value> {
    let label = |code: String| json!({ "system": VISIBILITY, "code": code });
    let audience = audience.iter().map(|group| label(format!("audience-{group}")));
    let withheld = withheld.iter().map(|group| label(format!("withheld-from-{group}")));
    let sensitive = sensitive.iter().cloned().map(label);
    audience.chain(withheld).chain(sensitive).collect()
}

/// The readable text: one group with a question and an answer for each part.
fn form(document: &Document) -> Value {
    let items: Vec<Value> = (1..)
        .zip(&document.text)
        .map(|(number, (heading, text))| {
            let id = format!("1.{number}");
            json!({ "linkId": id, "text": heading, "answer": [{ "valueString": text.trim() }] })
        })
        .collect();
    let heading = match document.kind.as_str() {
        "letter" => "Brevet",
        "instruction" => "Sådan gør vi",
        "assessment" => "Udredning",
        "observation" => "Observation",
        "application" => "Ansøgning",
        "professional_judgement" => "Vurdering",
        "message" => "Besked",
        _ => "",
    };
    let item = if heading.is_empty() {
        Value::Array(items)
    } else {
        json!([{ "linkId": "1", "text": heading, "item": items }])
    };
    json!({ "resourceType": "QuestionnaireResponse", "id": "text", "status": "completed", "item": item })
}

fn letter(citizen: &Citizen, document: &Document, dated: Date) -> Vec<u8> {
    let date = Lang::Da.day(dated).to_string();
    let from = match &document.unit {
        Some(unit) => format!("{} · {unit}", citizen.municipality),
        None => citizen.municipality.clone(),
    };
    let to = citizen.name.full();
    pdf::write(&Letter { from: &from, to: &to, date: &date, title: &document.title, parts: &document.text })
}

/// A delivery of these resources.
pub(super) fn transaction(at: Timestamp, resources: Vec<Value>) -> Value {
    let text = |resource: &Value, name: &str| -> String {
        resource.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
    };
    let entry = |resource: Value| {
        let name = format!("{}/{}", text(&resource, "resourceType"), text(&resource, "id"));
        json!({ "fullUrl": format!("{BASE}/demo/{name}"), "resource": resource, "request": { "method": "PUT", "url": name } })
    };
    let entries: Vec<Value> = resources.into_iter().map(entry).collect();
    json!({ "resourceType": "Bundle", "type": "transaction", "timestamp": at.to_string(), "entry": entries })
}

/// A delivery report of home care and nursing.
pub(super) fn report(citizen: &Citizen, report: &Report, at: Timestamp, today: Date) -> Value {
    let about = Subject { citizen, today };
    let mut resources = vec![citizen.patient(&json!({}))];
    resources.extend(report.conditions.iter().map(|one| about.condition(one, report)));
    resources.extend(report.goals.iter().map(|one| about.goal(one, report.days)));
    resources.extend(report.plans.iter().map(|one| about.plan(one, report.days)));
    resources.extend(report.follow_ups.iter().map(|one| about.follow_up(one, report.days)));
    resources.extend(report.remarks.iter().map(|one| about.remark(one, report.days)));
    let entries: Vec<Value> = resources.into_iter().map(|resource| json!({ "resource": resource })).collect();
    json!({
        "resourceType": "Bundle",
        "id": format!("{}-{}", citizen.key, report.days),
        "meta": { "profile": [format!("{GATEWAY}delivery-report")] },
        "type": "collection",
        "timestamp": at.to_string(),
        "entry": entries,
    })
}

struct Subject<'a> {
    citizen: &'a Citizen,
    today: Date,
}

impl Subject<'_> {
    fn day(&self, days: i64) -> String {
        self.today.saturating_sub(days.days()).to_string()
    }

    fn resource(&self, kind: &str, id: &str, profile: &str, more: &Value) -> Value {
        let mut resource = json!({
            "resourceType": kind,
            "id": format!("{}-{}", self.citizen.key, id.to_lowercase().replace('.', "-")),
            "meta": { "profile": [format!("{GATEWAY}{profile}")] },
            "subject": { "reference": format!("Patient/{}", self.citizen.key) },
        });
        merge(&mut resource, more);
        resource
    }

    fn reference(&self, code: &str) -> Value {
        let id = code.to_lowercase().replace('.', "-");
        json!([{ "reference": format!("Condition/{}-{id}", self.citizen.key) }])
    }

    /// Code, severity (may be empty), note.
    fn condition(&self, (code, severity, note): &(String, String, String), report: &Report) -> Value {
        let mut more = json!({
            "code": coded(FSIII, code),
            "clinicalStatus": { "coding": [{ "system": "http://terminology.hl7.org/CodeSystem/condition-clinical", "code": "active" }] },
            "category": [{ "coding": [{ "system": "http://terminology.hl7.org/CodeSystem/condition-category", "code": "problem-list-item" }] }],
            "recordedDate": self.day(report.days),
        });
        if !severity.is_empty() {
            put(&mut more, "severity", coded(FSIII, severity));
        }
        if !note.is_empty() {
            put(&mut more, "note", json!([{ "text": note }]));
        }
        let mut condition = self.resource("Condition", code, "condition", &more);
        if report.withheld.contains(code) {
            let label = |code: &str| json!({ "system": VISIBILITY, "code": code });
            let labels = ["audience-citizen", "audience-parent", "withheld-from-parent"].map(label);
            let profile = condition.pointer("/meta/profile").cloned();
            put(&mut condition, "meta", json!({ "profile": profile, "security": labels }));
        }
        condition
    }

    /// Code of the condition, expected level.
    fn goal(&self, (code, level): &(String, String), days: i64) -> Value {
        let more = json!({
            "lifecycleStatus": "active",
            "startDate": self.day(days),
            "addresses": self.reference(code),
            "target": [{ "detailCodeableConcept": coded(FSIII, level) }],
        });
        self.resource("Goal", &format!("goal-{code}"), "goal", &more)
    }

    /// Code of the help, status of the plan.
    fn plan(&self, (code, status): &(String, String), days: i64) -> Value {
        let more = json!({
            "status": status,
            "intent": "plan",
            "period": { "start": self.day(days) },
            "activity": [{ "detail": { "status": "in-progress", "code": coded(FSIII, code) } }],
        });
        self.resource("CarePlan", code, "planned-intervention", &more)
    }

    /// Code of the condition, what was asked, answer.
    fn remark(&self, (about, code, answer): &(String, String, String), days: i64) -> Value {
        let more = json!({
            "status": "final",
            "code": coded(FSIII, code),
            "focus": self.reference(about),
            "effectiveDateTime": self.day(days),
            "valueCodeableConcept": coded(FSIII, answer),
        });
        self.resource(
            "Observation",
            &format!("remark-{about}-{code}-{days}"),
            "citizens-own-observation",
            &more,
        )
    }

    /// Code of the condition, result E1–E4.
    fn follow_up(&self, (code, result): &(String, String), days: i64) -> Value {
        let more = json!({
            "status": "final",
            "code": { "coding": [{ "system": "http://snomed.info/sct", "code": "712744002" }] },
            "focus": self.reference(code),
            "effectiveDateTime": self.day(days),
            "valueCodeableConcept": coded(FSIII, result),
        });
        self.resource("Observation", &format!("followup-{code}-{days}"), "follow-up-observation", &more)
    }
}
