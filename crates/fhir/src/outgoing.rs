//! What leaves for a record system, and what comes back: a transaction of a Task and what belongs to it, each under a
//! name of ours, so that what is sent twice is there once; and the Task in which the record system answers. It refuses
//! to leave out who acted, for whom and on which basis.
//!
//! What the contract adds: the Task's `identifier` is [`OUTGOING`] with our id; its `code` is from [`OUTGOING_KIND`];
//! the extension [`ACTED_BY`] says who acted. The record system answers with a Task that has the same `identifier`, or
//! names it in `basedOn`; `status` and `statusReason` say what became of it.

use borgerportal_domain::access::{Basis, BasisKind};
use borgerportal_domain::ids::{MandateId, OutgoingId};
use borgerportal_domain::outgoing::{OutgoingKind, Progress};
use borgerportal_domain::{Cpr, Timestamp};
use serde_json::{Value, json};

use crate::facts::digest_of;

/// System of the identifiers of what we tell.
pub const OUTGOING: &str = "https://borgerportal.dk/fhir/outgoing";
/// What is told: codes of [`OutgoingKind`].
pub const OUTGOING_KIND: &str = "https://borgerportal.dk/fhir/CodeSystem/outgoing-kind";
/// Extension on the Task: `name`, `basis` and, where there is one of ours, `mandate` of who acted.
pub const ACTED_BY: &str = "https://borgerportal.dk/fhir/StructureDefinition/acted-by";

/// What a room tells.
pub struct Telling<'a> {
    /// The name under which the record system will know it.
    pub id: OutgoingId,
    /// What it is.
    pub kind: OutgoingKind,
    /// When somebody did it.
    pub at: Timestamp,
    /// Whose record it is about.
    pub citizen: &'a Cpr,
    /// The full name of whoever did it.
    pub actor: &'a str,
    /// On which basis.
    pub basis: &'a Basis,
    /// One sentence in Danish for whoever reads it there.
    pub says: &'a str,
    /// The resource it is about, as the record system calls it: `Appointment/x`.
    pub focus: Option<&'a str>,
    /// What goes along, as FHIR resources without id; identifiers of its own it keeps.
    pub more: Vec<Value>,
}

/// A reference to a citizen by CPR number.
#[must_use]
pub fn citizen(cpr: &Cpr) -> Value {
    json!({ "type": "Patient", "identifier": { "system": crate::CPR, "value": cpr.expose() } })
}

impl Telling<'_> {
    /// The transaction, in JSON. The same telling gives the same bytes.
    #[must_use]
    pub fn bundle(self) -> Vec<u8> {
        let inputs: Vec<Value> = (1..=self.more.len()).map(|place| self.input(place)).collect();
        let mut task = self.task();
        if !inputs.is_empty() {
            set(&mut task, "input", Value::from(inputs));
        }
        let mut entries = vec![entry(&url(self.id, 0), &self.id.to_string(), task)];
        for (place, resource) in (1..).zip(self.more) {
            entries.push(entry(&url(self.id, place), &format!("{}.{place}", self.id), resource));
        }
        let bundle = json!({
            "resourceType": "Bundle",
            "type": "transaction",
            "identifier": { "system": OUTGOING, "value": self.id.to_string() },
            "timestamp": self.at.to_string(),
            "entry": entries,
        });
        bundle.to_string().into_bytes()
    }

    fn task(&self) -> Value {
        let mut acted = vec![
            json!({ "url": "name", "valueString": self.actor }),
            json!({ "url": "basis", "valueCode": self.basis.kind().code() }),
        ];
        let mandate = self.basis.mandate().map(MandateId::uuid);
        acted.extend(mandate.map(|id| json!({ "url": "mandate", "valueUuid": format!("urn:uuid:{id}") })));
        let own = self.basis.kind() == BasisKind::Own;
        let mut task = json!({
            "resourceType": "Task",
            "extension": [{ "url": ACTED_BY, "extension": acted }],
            "status": "requested",
            "intent": "order",
            "code": { "coding": [{ "system": OUTGOING_KIND, "code": self.kind.code() }] },
            "description": self.says,
            "for": citizen(self.citizen),
            "authoredOn": self.at.to_string(),
            "requester": if own { citizen(self.citizen) } else { json!({ "display": self.actor }) },
        });
        if let Some(focus) = self.focus {
            set(&mut task, "focus", json!({ "reference": focus }));
        }
        task
    }

    fn input(&self, place: usize) -> Value {
        let kind = self.more.get(place - 1).and_then(|resource| resource.get("resourceType")?.as_str());
        json!({ "type": { "text": kind }, "valueReference": { "reference": url(self.id, place) } })
    }
}

fn set(resource: &mut Value, name: &str, value: Value) {
    if let Some(members) = resource.as_object_mut() {
        members.insert(name.to_owned(), value);
    }
}

/// Created once, however often it is sent: there is none of that name, or nothing is done.
fn entry(url: &str, name: &str, mut resource: Value) -> Value {
    let identifier = json!({ "system": OUTGOING, "value": name });
    let kind = resource.get("resourceType").and_then(Value::as_str).unwrap_or_default().to_owned();
    // The one resource of ours that has a single identifier.
    let single = kind == "QuestionnaireResponse";
    let mut all = resource.get("identifier").and_then(Value::as_array).cloned().unwrap_or_default();
    all.insert(0, identifier.clone());
    set(&mut resource, "identifier", if single { identifier } else { Value::from(all) });
    json!({
        "fullUrl": url,
        "resource": resource,
        "request": { "method": "POST", "url": kind, "ifNoneExist": format!("identifier={OUTGOING}|{name}") },
    })
}

/// The address of a resource inside the transaction: the Task is the first, what goes along has others that follow
/// from its id.
fn url(id: OutgoingId, place: usize) -> String {
    if place == 0 {
        return format!("urn:uuid:{id}");
    }
    let hash = digest_of(format!("{id}.{place}").as_bytes());
    let uuid: [u8; 16] = std::array::from_fn(|at| match (at, hash.get(at).copied().unwrap_or(0)) {
        // Version 8, variant 1: an id by a rule of our own.
        (6, byte) => byte & 0x0f | 0x80,
        (8, byte) => byte & 0x3f | 0x80,
        (_, byte) => byte,
    });
    format!("urn:uuid:{}", OutgoingId::from_bytes(uuid))
}

/// What a record system says became of something we told it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// About which.
    pub id: OutgoingId,
    /// How far it has come.
    pub progress: Progress,
    /// Why, as a code; empty when it says none, or none that is a code.
    pub reason: String,
    /// When it said so, if it says.
    pub at: Option<Timestamp>,
}

/// The answer in a Task as it is stored; nothing when it answers nothing of ours.
#[must_use]
pub fn answer(task: &[u8]) -> Option<Answer> {
    let task: Value = serde_json::from_slice(task).ok()?;
    let list = |name: &str| task.get(name).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let text = |name: &str| task.get(name).and_then(Value::as_str);
    let own = list("identifier").iter();
    let named = own.chain(list("basedOn").iter().filter_map(|reference| reference.get("identifier")));
    let mut ours = named.filter(|identifier| identifier.get("system").is_some_and(|it| it == OUTGOING));
    let id = ours.find_map(|identifier| OutgoingId::parse(identifier.get("value")?.as_str()?).ok())?;
    let reason = task.pointer("/statusReason/coding/0/code").and_then(Value::as_str).map(code);
    Some(Answer {
        id,
        progress: Progress::of_task(text("status")?)?,
        reason: reason.unwrap_or_default(),
        at: text("lastModified").and_then(Timestamp::parse),
    })
}

/// A code goes into our lists; a sentence or the number of a person does not.
fn code(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_');
    let digits = text.split(|sign: char| !sign.is_ascii_digit()).map(str::len).max().unwrap_or(0);
    let fits = text.len() <= 60 && digits < 6 && text.bytes().all(plain);
    if fits { text.to_owned() } else { String::new() }
}

#[cfg(test)]
mod tests;
