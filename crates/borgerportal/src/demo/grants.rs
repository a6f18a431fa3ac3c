//! Invented grants, as data in the records' files and as FHIR in the contract of `borgerportal_fhir::grants`. It refuses
//! shortcuts past the door, as its neighbours do.

use super::bundle::{Citizen, FSIII, coded, put, security, transaction};
use borgerportal_domain::time::{Date, Timestamp};
use borgerportal_fhir::{DOCUMENT_AREA, GRANT_DECISION};
use jiff::ToSpan as _;
use serde::Deserialize;
use serde_json::{Value, json};

/// One version of a grant. Days count back from the day the data is made; below nought they are still to come.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Grant {
    /// Days ago that it was delivered.
    pub(super) days: i64,
    id: String,
    title: String,
    /// Code of FSIII, where the help has one.
    code: Option<String>,
    area: Option<String>,
    law: String,
    #[serde(default)]
    section: String,
    /// What the record system says of it.
    #[serde(default = "granted")]
    state: String,
    /// The plan's own status.
    #[serde(default = "active")]
    status: String,
    from: Option<i64>,
    to: Option<i64>,
    decided: Option<i64>,
    unit: Option<String>,
    supplier: Option<String>,
    minutes: Option<u16>,
    /// Times, in so many, of these: `[7, 1, "wk"]`.
    often: Option<(u16, u16, String)>,
    amount: Option<String>,
    /// The document with the decision.
    letter: Option<String>,
    /// The grant that this one changes.
    replaces: Option<String>,
    /// To whom, how, and how many days ago it was sent.
    #[serde(default)]
    sent: Vec<(String, String, i64)>,
    #[serde(default)]
    audience: Vec<String>,
    #[serde(default)]
    withheld: Vec<String>,
    #[serde(default)]
    sensitive: Vec<String>,
}

fn granted() -> String {
    "granted".to_owned()
}

fn active() -> String {
    "active".to_owned()
}

impl Grant {
    /// Shown to these, where the file says nothing for this one.
    pub(super) fn or_audience(&mut self, audience: &[String]) {
        if self.audience.is_empty() {
            audience.clone_into(&mut self.audience);
        }
    }

    /// As a record system sends it.
    pub(super) fn delivery(&self, citizen: &Citizen, at: Timestamp, today: Date) -> Value {
        let day = |days: i64| today.saturating_sub(days.days()).to_string();
        let mut period = json!({});
        for (edge, days) in [("start", self.from), ("end", self.to)] {
            if let Some(days) = days {
                put(&mut period, edge, day(days).into());
            }
        }
        let mut plan = json!({
            "resourceType": "CarePlan",
            "id": self.id,
            "meta": {
                "lastUpdated": at.to_string(),
                "security": security(&self.audience, &self.withheld, &self.sensitive),
            },
            "extension": [{ "url": GRANT_DECISION, "extension": self.members(&day) }],
            "status": self.status,
            "intent": "order",
            "title": self.title,
            "subject": { "reference": format!("Patient/{}", citizen.key) },
            "period": period,
            "activity": [{ "detail": self.detail() }],
        });
        if let Some(area) = &self.area {
            put(&mut plan, "category", json!([coded(DOCUMENT_AREA, area)]));
        }
        if let Some(older) = &self.replaces {
            put(&mut plan, "replaces", json!([{ "reference": format!("CarePlan/{older}") }]));
        }
        transaction(at, vec![citizen.patient(&json!({})), plan])
    }

    /// What the extension says of the decision.
    fn members(&self, day: &dyn Fn(i64) -> String) -> Vec<Value> {
        let mut members = vec![
            json!({ "url": "law", "valueCode": self.law }),
            json!({ "url": "state", "valueCode": self.state }),
        ];
        if !self.section.is_empty() {
            members.push(json!({ "url": "section", "valueString": self.section }));
        }
        members.extend(self.decided.map(|days| json!({ "url": "decided", "valueDate": day(days) })));
        members.extend(self.unit.iter().map(|unit| json!({ "url": "unit", "valueString": unit })));
        members.extend(self.amount.iter().map(|amount| json!({ "url": "amount", "valueString": amount })));
        members.extend(self.letter.iter().map(|letter| {
            json!({ "url": "letter", "valueReference": { "reference": format!("DocumentReference/{letter}") } })
        }));
        members.extend(self.sent.iter().map(|(recipient, channel, days)| {
            json!({ "url": "delivery", "extension": [
                { "url": "recipient", "valueCode": recipient },
                { "url": "channel", "valueCode": channel },
                { "url": "sent", "valueDate": day(*days) },
            ]})
        }));
        members
    }

    /// What the help is, how much, how often, and by whom.
    fn detail(&self) -> Value {
        let mut detail = json!({ "status": "in-progress" });
        if let Some(code) = &self.code {
            put(&mut detail, "code", coded(FSIII, code));
        }
        if let Some(supplier) = &self.supplier {
            put(&mut detail, "performer", json!([{ "type": "Organization", "display": supplier }]));
        }
        let mut repeat = json!({});
        if let Some((times, span, unit)) = &self.often {
            repeat = json!({ "frequency": times, "period": span, "periodUnit": unit });
        }
        if let Some(minutes) = self.minutes {
            put(&mut repeat, "duration", minutes.into());
            put(&mut repeat, "durationUnit", "min".into());
        }
        if repeat.as_object().is_some_and(|repeat| !repeat.is_empty()) {
            put(&mut detail, "scheduledTiming", json!({ "repeat": repeat }));
        }
        detail
    }
}
