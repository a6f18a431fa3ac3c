//! The record of somebody who gets much help, as a record system delivers it: what fills every room. Pure: the same number
//! and day give the same deliveries.

use super::words::{SENTENCES, TITLES, UNITS};
use borgerportal_domain::Cpr;
use borgerportal_domain::time::{Timestamp, copenhagen_date, days_after};
use borgerportal_fhir::aids::HMI;
use borgerportal_fhir::calendar::VISIT_TYPE;
use borgerportal_fhir::{BASE, GRANT_DECISION, MESSAGE_CATEGORY};
use serde_json::{Value, json};

const FSIII: &str = "urn:oid:1.2.208.176.2.21";
const FFB: &str = "urn:oid:1.2.208.176.2.22";
const CARE: &str = "http://fhir.kl.dk/term/CodeSystem/CareSocialCodes";
/// Resources of one delivery.
const TOGETHER: usize = 200;
const CONDITIONS: usize = 40;
const PLANS: usize = 3;
const GRANTS: usize = 20;
const VISITS: usize = 200;
const THREADS: usize = 60;
const AIDS: usize = 20;
/// Conditions of FSIII: the branch and how many it has.
const CODES: [(&str, usize); 8] =
    [("J1", 8), ("J2", 4), ("J3", 9), ("J4", 8), ("I3", 5), ("I4", 9), ("I9", 8), ("I12", 4)];

/// Somebody with so many documents, delivered over and over.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Record<'a> {
    /// Whose; their things have names of their own by it.
    pub(crate) number: u64,
    pub(crate) cpr: &'a Cpr,
    pub(crate) now: Timestamp,
    pub(crate) documents: usize,
}

impl Record<'_> {
    /// All of it, as deliveries.
    pub(crate) fn deliveries(&self) -> Vec<String> {
        let mut all = Vec::new();
        for number in 0..CONDITIONS {
            all.extend(self.condition(number));
        }
        for number in 0..PLANS {
            all.extend(self.plan(number));
        }
        all.extend((0..GRANTS).map(|number| self.grant(number)));
        all.extend((0..VISITS).map(|number| self.visit(number)));
        for number in 0..THREADS {
            all.extend(self.thread(number));
        }
        for number in 0..AIDS {
            all.extend(self.aid(number));
        }
        for number in 0..self.documents {
            all.extend(self.document(number));
        }
        all.chunks(TOGETHER).map(|some| self.delivery(some)).collect()
    }

    fn delivery(&self, some: &[Value]) -> String {
        let patient = json!({ "resourceType": "Patient", "id": format!("p{}", self.number), "identifier": [
            { "use": "official", "system": "urn:oid:1.2.208.176.1.2", "value": self.cpr.expose() }] });
        let put = |resource: &Value| {
            let text = |name: &str| resource.get(name).and_then(Value::as_str).unwrap_or_default();
            let name = format!("{}/{}", text("resourceType"), text("id"));
            json!({ "fullUrl": name, "resource": resource, "request": { "method": "PUT", "url": name } })
        };
        let entries: Vec<Value> = std::iter::once(&patient).chain(some).map(put).collect();
        json!({ "resourceType": "Bundle", "type": "transaction", "timestamp": self.now.to_string(), "entry": entries })
            .to_string()
    }

    fn named(&self, name: &str, number: usize) -> String {
        format!("{name}-{}-{number}", self.number)
    }

    fn subject(&self) -> Value {
        json!({ "reference": format!("Patient/p{}", self.number) })
    }

    fn day(&self, ahead: i64) -> String {
        days_after(copenhagen_date(self.now), ahead).to_string()
    }

    /// A condition with what is hoped for and what was found three months later.
    fn condition(&self, number: usize) -> [Value; 3] {
        let (id, subject) = (self.named("condition", number), self.subject());
        let level = |step: usize| coded(FSIII, &format!("B{}", 1 + (number + step) % 5));
        let about = json!([{ "reference": format!("Condition/{id}") }]);
        let since = i64::try_from(number).unwrap_or(0) * -9 - 120;
        [
            json!({ "resourceType": "Condition", "id": id, "subject": subject, "code": coded(FSIII, &code(number)),
                "severity": level(0), "recordedDate": self.day(since),
                "clinicalStatus": { "coding": [{ "code": if number % 5 == 4 { "inactive" } else { "active" } }] },
                "note": [{ "text": sentence(number) }] }),
            json!({ "resourceType": "Goal", "id": self.named("goal", number), "subject": subject,
                "lifecycleStatus": "active", "startDate": self.day(since), "addresses": about,
                "description": coded(FSIII, "e182c5dc-9f91-474a-92e8-f62be3d498f4"),
                "target": [{ "detailCodeableConcept": level(1) }] }),
            json!({ "resourceType": "Observation", "id": self.named("found", number), "subject": subject,
                "status": "final", "code": coded("http://snomed.info/sct", "712744002"), "focus": about,
                "effectiveDateTime": self.day(since + 90), "valueCodeableConcept": coded(FSIII, "E1") }),
        ]
    }

    /// A plan with two goals and how it went.
    fn plan(&self, number: usize) -> [Value; 4] {
        let (id, subject) = (self.named("plan", number), self.subject());
        let goal = |at: usize| {
            json!({ "resourceType": "Goal", "id": self.named("aim", 2 * number + at), "subject": subject,
                "lifecycleStatus": "active", "description": { "text": "åbner sin post" },
                "category": [coded(CARE, "0bb3daef-538d-45dc-b444-abdbcb63f6bc")] })
        };
        let goals: Vec<Value> = (0..2)
            .map(|at| json!({ "reference": format!("Goal/{}", self.named("aim", 2 * number + at)) }))
            .collect();
        [
            goal(0),
            goal(1),
            json!({ "resourceType": "CarePlan", "id": id, "subject": subject, "status": "active",
                "intent": "order", "period": { "start": self.day(-200) }, "description": "Bostøtte", "goal": goals,
                "category": [coded(CARE, "4a297733-4d66-4726-a933-590d55cf91e0")] }),
            json!({ "resourceType": "Observation", "id": self.named("went", number), "subject": subject,
                "status": "final", "effectiveDateTime": self.day(-20), "focus": [{ "reference": format!("CarePlan/{id}") }],
                "code": coded("http://snomed.info/sct", "712744002"),
                "valueCodeableConcept": coded(FFB, "1e971d84-10a4-4ef8-a8b3-0daa4c7d088a") }),
        ]
    }

    /// A grant; every third is over.
    fn grant(&self, number: usize) -> Value {
        let mut period = json!({ "start": self.day(-400) });
        if number.is_multiple_of(3)
            && let Some(period) = period.as_object_mut()
        {
            period.insert("end".to_owned(), self.day(-30).into());
        }
        let sent = json!([{ "url": "recipient", "valueCode": "citizen" },
            { "url": "channel", "valueCode": "digital_post" }, { "url": "sent", "valueDate": self.day(-400) }]);
        json!({ "resourceType": "CarePlan", "id": self.named("grant", number), "subject": self.subject(),
            "status": "active", "intent": "order", "title": "Rengøring hver 14. dag", "period": period,
            "activity": [{ "detail": { "performer": [{ "display": "Hjemmeplejen Nord" }] } }],
            "extension": [{ "url": GRANT_DECISION, "extension": [
                { "url": "law", "valueCode": "serviceloven" },
                { "url": "section", "valueString": "§ 83, stk. 1, nr. 2" },
                { "url": "delivery", "extension": sent }] }] })
    }

    /// Two visits a day, most of them over.
    fn visit(&self, number: usize) -> Value {
        let day = self.day(i64::try_from(number / 2).unwrap_or(0) - 60);
        let (kind, hour) = if number.is_multiple_of(2) { ("morning_care", 7) } else { ("cleaning", 17) };
        json!({ "resourceType": "Appointment", "id": self.named("visit", number), "status": "booked",
            "start": format!("{day}T{hour:02}:00:00Z"), "end": format!("{day}T{hour:02}:30:00Z"),
            "serviceType": [coded(VISIT_TYPE, kind)],
            "participant": [{ "actor": self.subject(), "status": "accepted" },
                { "type": [{ "text": "Hjemmehjælper" }], "status": "accepted",
                  "actor": { "type": "Organization", "display": "Hjemmeplejen Nord" } }] })
    }

    /// What the municipality wrote, and what it wrote a day later.
    fn thread(&self, number: usize) -> [Value; 2] {
        let ahead = i64::try_from(number).unwrap_or(0) * -6 - 2;
        let said = |id: String, on: i64, answers: Option<&str>| {
            let mut said = json!({ "resourceType": "Communication", "id": id, "status": "completed",
                "category": [coded(MESSAGE_CATEGORY, "question")], "subject": self.subject(),
                "sent": format!("{}T08:00:00Z", self.day(on)), "topic": { "text": title(number) },
                "sender": { "type": "Organization", "display": "Hjemmesygeplejen" },
                "payload": [{ "contentString": sentence(number) }] });
            if let (Some(name), Some(said)) = (answers, said.as_object_mut()) {
                let name = json!([{ "reference": format!("Communication/{name}") }]);
                said.insert("inResponseTo".to_owned(), name);
            }
            said
        };
        let first = self.named("asked", number);
        let answer = said(self.named("answered", number), ahead + 1, Some(&first));
        [said(first, ahead, None), answer]
    }

    /// An aid on loan.
    fn aid(&self, number: usize) -> [Value; 2] {
        let (id, subject) = (self.named("aid", number), self.subject());
        [
            json!({ "resourceType": "Device", "id": id, "patient": subject, "serialNumber": format!("nr-{number}"),
                "identifier": [{ "system": HMI, "value": "34512" }], "deviceName": [{ "name": "Rollator" }] }),
            json!({ "resourceType": "DeviceUseStatement", "id": self.named("loan", number), "subject": subject,
                "status": "active", "timingPeriod": { "start": self.day(-100) },
                "device": { "reference": format!("Device/{id}") } }),
        ]
    }

    /// A document whose text is a form.
    fn document(&self, number: usize) -> [Value; 2] {
        let (id, form, subject) =
            (self.named("document", number), self.named("form", number), self.subject());
        let (title, kind, area) = TITLES
            .get(number % TITLES.len())
            .map_or(("Brev", "letter", "other"), |(title, kind, area)| (*title, kind.code(), area.code()));
        let answers: Vec<Value> = (0..4 + number % 5)
            .map(|at| json!({ "text": "Hvordan går det?", "answer": [{ "valueString": sentence(number + at) }] }))
            .collect();
        let system = |name: &str| format!("{BASE}/CodeSystem/{name}");
        [
            json!({ "resourceType": "QuestionnaireResponse", "id": form, "subject": subject, "status": "completed",
                "item": answers }),
            json!({ "resourceType": "DocumentReference", "id": id, "subject": subject, "status": "current",
                "description": title, "date": format!("{}T10:00:00Z", self.day(-i64::try_from(number / 3).unwrap_or(0) - 1)),
                "custodian": { "display": UNITS.get(number % UNITS.len()).copied().unwrap_or_default() },
                "type": coded(&system("document-type"), kind), "category": [coded(&system("document-area"), area)],
                "context": { "related": [{ "reference": format!("QuestionnaireResponse/{form}") }] } }),
        ]
    }
}

fn coded(system: &str, code: &str) -> Value {
    json!({ "coding": [{ "system": system, "code": code }] })
}

fn sentence(number: usize) -> &'static str {
    SENTENCES.get(number % SENTENCES.len()).copied().unwrap_or_default()
}

fn title(number: usize) -> &'static str {
    TITLES.get(number % TITLES.len()).map_or("", |(title, ..)| *title)
}

/// The code of a condition, each another one as far as there are.
fn code(number: usize) -> String {
    let mut left = number;
    for (branch, size) in CODES {
        if left < size {
            return format!("{branch}.{}", left + 1);
        }
        left -= size;
    }
    "J5.1".to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn a_record_fills_every_room_and_names_everything_once() {
        let cpr = Cpr::parse("6105440001").unwrap();
        let now = Timestamp::from_millis(1_793_696_400_000);
        let all = Record { number: 7, cpr: &cpr, now, documents: 30 }.deliveries();
        let all: Vec<Value> = all.iter().map(|text| serde_json::from_str(text).unwrap()).collect();
        let entries = all.iter().flat_map(|bundle| bundle["entry"].as_array().unwrap());
        let names: Vec<&str> = entries.map(|entry| entry["request"]["url"].as_str().unwrap()).collect();
        let of = |kind: &str| names.iter().filter(|name| name.starts_with(&format!("{kind}/"))).count();
        assert_eq!((of("Condition"), of("Appointment"), of("Communication")), (40, 200, 120));
        assert_eq!((of("CarePlan"), of("Device"), of("DocumentReference")), (23, 20, 30));
        let once: BTreeSet<&&str> = names.iter().filter(|name| !name.starts_with("Patient/")).collect();
        assert_eq!(once.len() + all.len(), names.len());
        assert_eq!((0..40).map(code).collect::<BTreeSet<_>>().len(), 40);
    }
}
