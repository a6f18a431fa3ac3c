//! The invented messages: threads as a record system delivers them, also what the citizen or a helper has said on the
//! telephone. It refuses what was written in the portal: that is not in the data, guests write it themselves.

use super::bundle::{Citizen, coded, put, transaction};
use borgerportal_domain::time::Timestamp;
use borgerportal_fhir::{DEPARTMENT, MESSAGE_CATEGORY, VISIBILITY};
use serde::Deserialize;
use serde_json::{Value, json};

/// A message of a thread.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Message {
    /// Days ago.
    pub(super) days: i64,
    /// Its id at the sender.
    pub(super) id: String,
    /// The one it answers.
    pub(super) answers: Option<String>,
    /// The department, by code and name.
    pub(super) department: (String, String),
    /// Who wrote it: the citizen by "citizen", the department when left out, else a helper by name.
    pub(super) by: Option<String>,
    pub(super) topic: String,
    pub(super) text: String,
    /// Who may see it, when not everybody who may see documents.
    #[serde(default)]
    pub(super) audience: Vec<String>,
}

impl Message {
    /// Whoever may see the record's documents, where it says nothing itself.
    pub(super) fn or_audience(&mut self, audience: &[String]) {
        if self.audience.is_empty() {
            self.audience = audience.to_vec();
        }
    }

    /// As a record system delivers it.
    pub(super) fn delivery(&self, citizen: &Citizen, at: Timestamp) -> Value {
        let subject = json!({ "reference": format!("Patient/{}", citizen.key), "type": "Patient" });
        let (code, name) = &self.department;
        let identifier = json!({ "system": DEPARTMENT, "value": code });
        let department = json!({ "type": "Organization", "display": name, "identifier": identifier });
        let (from, to) = match self.by.as_deref() {
            None => (department, subject.clone()),
            Some("citizen") => (subject.clone(), department),
            Some(name) => (json!({ "type": "RelatedPerson", "display": name }), department),
        };
        let audience = self.audience.iter().map(|group| format!("audience-{group}"));
        let labels: Vec<Value> = audience.map(|code| json!({ "system": VISIBILITY, "code": code })).collect();
        let mut node = json!({
            "resourceType": "Communication",
            "id": self.id,
            "meta": { "lastUpdated": at.to_string(), "security": labels },
            "status": "completed",
            "category": [coded(MESSAGE_CATEGORY, "question")],
            "subject": subject,
            "sent": at.to_string(),
            "sender": from,
            "recipient": [to],
            "topic": { "text": self.topic },
            "payload": [{ "contentString": self.text.trim() }],
        });
        if let Some(answered) = &self.answers {
            put(&mut node, "inResponseTo", json!([{ "reference": format!("Communication/{answered}") }]));
        }
        transaction(at, vec![citizen.patient(&json!({})), node])
    }
}
