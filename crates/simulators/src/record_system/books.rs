//! What the record systems have: each resource once by its identifier, and answers on their way back.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard};

use serde_json::{Value, json};

use super::api::text;
use crate::faults::InForce;
use crate::{Clock, Fault, lock};

/// The portal's identifiers of what it tells.
pub(super) const OUTGOING: &str = "https://borgerportal.dk/fhir/outgoing";

/// Something that was told, with all that came along.
#[derive(Clone, Debug, PartialEq)]
pub struct Received {
    /// Whose record system.
    pub municipality: String,
    /// The portal's name of it.
    pub id: String,
    /// The Task.
    pub task: Value,
    /// What came along.
    pub more: Vec<Value>,
}

#[derive(Default)]
struct Inside {
    received: Vec<Received>,
    /// Identifiers of everything that was made, by municipality.
    made: BTreeMap<(String, String), usize>,
    /// How often each was sent here, taken or not.
    sent: BTreeMap<String, u32>,
    /// By municipality, as text.
    answers: VecDeque<(String, String)>,
    silent: bool,
}

/// The books of all record systems here. Clones share them.
#[derive(Clone)]
pub struct Books {
    inside: Arc<Mutex<Inside>>,
    clock: Clock,
}

/// Books that somebody else keeps open.
pub(super) struct Weak {
    inside: std::sync::Weak<Mutex<Inside>>,
    clock: Clock,
}

impl Weak {
    pub(super) fn upgrade(&self) -> Option<Books> {
        Some(Books { inside: self.inside.upgrade()?, clock: self.clock.clone() })
    }
}

/// One entry of a transaction: the identifier of its condition, and the resource.
pub(super) struct Entry {
    pub(super) identifier: String,
    pub(super) resource: Value,
}

impl Books {
    pub(super) fn new(clock: Clock) -> Self {
        Self { inside: Arc::default(), clock }
    }

    pub(super) fn downgrade(&self) -> Weak {
        Weak { inside: Arc::downgrade(&self.inside), clock: self.clock.clone() }
    }

    fn inside(&self) -> MutexGuard<'_, Inside> {
        lock(&self.inside)
    }

    /// Everything that was told, in the order it came.
    #[must_use]
    pub fn received(&self) -> Vec<Received> {
        self.inside().received.clone()
    }

    /// How often something was sent here.
    #[must_use]
    pub fn times_sent(&self, id: &str) -> u32 {
        self.inside().sent.get(id).copied().unwrap_or_default()
    }

    /// How many resources were made.
    #[must_use]
    pub fn made(&self) -> usize {
        self.inside().made.len()
    }

    /// From now on nobody there answers by themselves: tests say with [`Self::answer`] what is answered.
    pub fn be_silent(&self) {
        self.inside().silent = true;
    }

    /// Answers something that was told: its Task with this status, and a code of the reason.
    pub fn answer(&self, id: &str, status: &str, reason: Option<&str>) {
        let mut inside = self.inside();
        let Some(told) = inside.received.iter().find(|told| told.id == id).cloned() else { return };
        let answer = self.task(&told, status, reason);
        inside.answers.push_back((told.municipality, answer));
    }

    /// Answers that wait, by municipality: whoever takes them delivers them.
    #[must_use]
    pub fn take_answers(&self) -> Vec<(String, String)> {
        self.inside().answers.drain(..).collect()
    }

    pub(super) fn put_back(&self, answer: (String, String)) {
        self.inside().answers.push_front(answer);
    }

    /// Takes a transaction. What is there by its identifier already stays as it is.
    pub(super) fn take(&self, municipality: &str, entries: Vec<Entry>, faults: &InForce) {
        let mut inside = self.inside();
        let (mut task, mut more) = (None, Vec::new());
        for Entry { identifier, resource } in entries {
            if text(&resource, "/resourceType") == Some("Task") {
                *inside.sent.entry(identifier.clone()).or_default() += 1;
            }
            if faults.has(&Fault::Vanish) {
                continue;
            }
            let made = inside.made.entry((municipality.to_owned(), identifier.clone())).or_default();
            *made += 1;
            if *made > 1 {
                continue;
            }
            if text(&resource, "/resourceType") == Some("Task") {
                task = Some((identifier, resource));
            } else {
                more.push(resource);
            }
        }
        let Some((id, task)) = task else { return };
        let told = Received { municipality: municipality.to_owned(), id, task, more };
        if !inside.silent {
            let (status, reason) = if faults.has(&Fault::RejectTask) {
                ("rejected", Some("not-possible"))
            } else {
                answer_to(&told)
            };
            let answer = self.task(&told, status, reason);
            let times = if faults.has(&Fault::RepeatAnswers) { 3 } else { 1 };
            for _ in 0..times {
                inside.answers.push_back((told.municipality.clone(), answer.clone()));
            }
        }
        inside.received.push(told);
    }

    /// The Task as it is delivered back.
    fn task(&self, told: &Received, status: &str, reason: Option<&str>) -> String {
        let now = (self.clock)().to_string();
        let id = format!("rs-{}", told.id);
        let mut task = json!({
            "resourceType": "Task",
            "id": id,
            "meta": { "lastUpdated": now },
            "identifier": [{ "system": OUTGOING, "value": told.id }],
            "status": status,
            "intent": "order",
            "code": told.task.get("code"),
            "for": told.task.get("for"),
            "authoredOn": told.task.get("authoredOn"),
            "lastModified": now,
        });
        if let (Some(reason), Some(members)) = (reason, task.as_object_mut()) {
            members.insert("statusReason".to_owned(), json!({ "coding": [{ "code": reason }] }));
        }
        json!({
            "resourceType": "Bundle",
            "type": "transaction",
            "timestamp": now,
            "entry": [{ "resource": task, "request": { "method": "PUT", "url": format!("Task/{id}") } }],
        })
        .to_string()
    }
}

/// What is answered by itself: an application is received and waits for a person; all else is accepted.
fn answer_to(told: &Received) -> (&'static str, Option<&'static str>) {
    let is_application = text(&told.task, "/code/coding/0/code") == Some("application");
    (if is_application { "received" } else { "accepted" }, None)
}
