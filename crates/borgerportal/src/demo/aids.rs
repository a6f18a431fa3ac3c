//! Aids of the invented people as their record systems send them, and what was applied for before the demo began. It
//! refuses shortcuts: loans come by the FHIR door, applications by somebody who is signed in.

use super::bundle::put;
use super::looks::{journal, sign_in};
use super::relations::Ids;
use super::seed::noon;
use anyhow::Context as _;
use borgerportal_domain::access::{CustodyFact, Role};
use borgerportal_domain::aids::{Aim, Answers, Lasting, Occasion, Supplier, Why};
use borgerportal_domain::ids::{ItemId, JournalId};
use borgerportal_domain::municipality::MunicipalityCode;
use borgerportal_domain::time::{Date, Timestamp, copenhagen_at};
use borgerportal_fhir::aids::{DELIVERY_STEP, HMI};
use borgerportal_fhir::{CPR, VISIBILITY};
use borgerportal_service::sessions::Token;
use borgerportal_service::{App, Problem, aids};
use borgerportal_store::custody;
use jiff::ToSpan as _;
use serde::Deserialize;
use serde_json::{Value, json};

/// The data beside this file.
const DATA: &str = include_str!("aids.toml");
/// Kropsbårne hjælpemidler, in FSIII.
const WORN: &str = "6b6bbece-97df-4d9e-8cfe-6b16354ed685";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Data {
    journal: Vec<Journal>,
}

/// Everything of one citizen in one municipality.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Journal {
    /// The person's key.
    pub(super) person: String,
    /// Four digits.
    pub(super) municipality: String,
    /// The record system in whose name it comes.
    pub(super) sender: String,
    audience: Vec<String>,
    #[serde(default)]
    loan: Vec<Loan>,
    #[serde(default)]
    granted: Vec<Granted>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Loan {
    id: String,
    title: String,
    hmi: String,
    #[serde(default)]
    serial: String,
    law: String,
    status: String,
    from: i64,
    until: Option<i64>,
    way: Vec<Step>,
}

/// A step, how many days ago, and from and until which hour.
#[derive(Deserialize)]
#[serde(untagged)]
enum Step {
    Window(String, i64, i8, i8),
    Day(String, i64),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Granted {
    id: String,
    title: String,
    supplier: String,
    from: i64,
    until: i64,
    #[serde(default)]
    over: bool,
}

/// All of them.
pub(super) fn all() -> anyhow::Result<Vec<Journal>> {
    Ok(toml::from_str::<Data>(DATA).context("aids.toml")?.journal)
}

fn ago(today: Date, days: i64) -> Date {
    today.saturating_sub(days.days())
}

impl Journal {
    /// One delivery with everything, as a record system would send it the morning the demo begins.
    pub(super) fn bundle(&self, cpr: &str, today: Date) -> (Timestamp, Value) {
        let at = noon(today, 1, 17);
        let whose = json!({ "type": "Patient", "identifier": { "system": CPR, "value": cpr } });
        let label = |who: &String| json!({ "system": VISIBILITY, "code": format!("audience-{who}") });
        let labels: Vec<Value> = self.audience.iter().map(label).collect();
        let mut all: Vec<Value> = self.loan.iter().flat_map(|loan| loan.resources(&whose, today)).collect();
        all.extend(self.granted.iter().map(|granted| granted.resource(&whose, today)));
        let entry = |mut resource: Value| {
            put(&mut resource, "meta", json!({ "lastUpdated": at.to_string(), "security": labels }));
            let text = |name: &str| resource.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
            let url = format!("{}/{}", text("resourceType"), text("id"));
            json!({ "fullUrl": url, "resource": resource, "request": { "method": "PUT", "url": url } })
        };
        let entries: Vec<Value> = all.into_iter().map(entry).collect();
        let bundle = json!({
            "resourceType": "Bundle", "type": "transaction", "timestamp": at.to_string(), "entry": entries,
        });
        (at, bundle)
    }
}

impl Loan {
    fn resources(&self, whose: &Value, today: Date) -> Vec<Value> {
        let day = |days: i64| ago(today, days).to_string();
        let device = json!({
            "resourceType": "Device", "id": self.id, "patient": whose, "status": "active",
            "identifier": [{ "system": HMI, "value": self.hmi }], "serialNumber": self.serial,
            "deviceName": [{ "name": self.title, "type": "user-friendly-name" }],
        });
        let mut period = json!({ "start": day(self.from) });
        if let Some(until) = self.until {
            put(&mut period, "end", json!(day(until)));
        }
        let lent = json!({
            "resourceType": "DeviceUseStatement", "id": format!("{}-loan", self.id), "subject": whose,
            "status": self.status, "timingPeriod": period, "reasonCode": [{ "text": self.law }],
            "device": { "reference": format!("Device/{}", self.id), "display": self.title },
        });
        let steps = (1..).zip(&self.way).map(|(number, step)| self.step(whose, (number, step), today));
        [device, lent].into_iter().chain(steps).collect()
    }

    fn step(&self, whose: &Value, (number, step): (u32, &Step), today: Date) -> Value {
        let (code, days) = match step {
            Step::Window(code, days, ..) | Step::Day(code, days) => (code, *days),
        };
        let mut delivery = json!({
            "resourceType": "SupplyDelivery", "id": format!("{}-{number}", self.id), "patient": whose,
            "status": if days > 0 { "completed" } else { "in-progress" },
            "type": { "coding": [{ "system": DELIVERY_STEP, "code": code }] },
            "suppliedItem": { "itemReference": { "reference": format!("Device/{}", self.id) } },
        });
        let on = ago(today, days);
        match step {
            Step::Window(_, _, from, until) => {
                let at = |hour: i8| copenhagen_at(on.at(hour, 0, 0, 0)).to_string();
                put(&mut delivery, "occurrencePeriod", json!({ "start": at(*from), "end": at(*until) }));
            }
            Step::Day(..) => put(&mut delivery, "occurrenceDateTime", json!(on.to_string())),
        }
        delivery
    }
}

impl Granted {
    fn resource(&self, whose: &Value, today: Date) -> Value {
        let day = |days: i64| ago(today, days).to_string();
        json!({
            "resourceType": "CarePlan", "id": self.id, "subject": whose, "intent": "plan",
            "status": if self.over { "completed" } else { "active" },
            "period": { "start": day(self.from), "end": day(self.until) },
            "activity": [{ "detail": {
                "status": if self.over { "completed" } else { "in-progress" },
                "code": { "text": self.title, "coding": [{ "system": "urn:oid:1.2.208.176.2.21", "code": WORN }] },
                "performer": [{ "display": self.supplier }],
            } }],
        })
    }
}

/// An application that somebody has written.
struct Applied {
    by: &'static str,
    role: Role,
    whose: &'static str,
    municipality: &'static str,
    days: i64,
    kind: &'static str,
    need: &'static str,
    answers: &'static [(&'static str, &'static str)],
    /// Sent, or only begun.
    sent: bool,
}

const APPLIED: &[Applied] = &[
    Applied {
        by: "mette",
        role: Role::Relative,
        whose: "inger",
        municipality: "0217",
        days: 11,
        kind: "compression-stockings",
        need: "Strømperne er slidt tynde på hælen og holder ikke hævelsen nede hele dagen.",
        answers: &[("legs", "both")],
        sent: true,
    },
    Applied {
        by: "inger",
        role: Role::Citizen,
        whose: "inger",
        municipality: "0217",
        days: 3,
        kind: "insoles",
        need: "Jeg får ondt under foden, når jeg går mere end hen til postkassen.",
        answers: &[],
        sent: false,
    },
    Applied {
        by: "jonas",
        role: Role::Parent,
        whose: "emil",
        municipality: "0530",
        days: 6,
        kind: "orthoses",
        need: "Emil er vokset, og ortosen gnaver ved højre ankel. Han kan ikke have den på en hel skoledag.",
        answers: &[("side", "both")],
        sent: true,
    },
];

/// Applies, as people did before the demo began. Answers come once the record systems are told.
pub(super) async fn applied(app: &App, ids: &Ids, today: Date, now: Timestamp) -> Result<(), Problem> {
    for (number, one) in (1..).zip(APPLIED) {
        let person = |key: &str| ids.get(key).copied().ok_or(Problem::NotFound);
        let municipality = MunicipalityCode::parse(one.municipality).ok_or(Problem::NotFound)?;
        let at = noon(today, one.days, 20 * number).min(now);
        let (by, whose) = (person(one.by)?, person(one.whose)?);
        let token = sign_in(app, (by, one.role), municipality, at).await?;
        // What the register told at that log-in, and nothing afterwards.
        let told = CustodyFact {
            holder: by,
            child: whose,
            from: None,
            last_day: None,
            withheld: false,
            asked_at: at,
        };
        if one.role == Role::Parent {
            app.write(move |tx| Ok(custody::replace(tx, by, &[told])?)).await?;
        }
        apply(app, &token, journal(app, whose, municipality).await?, one).await?;
        if one.role == Role::Parent {
            app.write(move |tx| Ok(custody::replace(tx, by, &[])?)).await?;
        }
    }
    Ok(())
}

async fn apply(app: &App, token: &Token, journal: JournalId, one: &'static Applied) -> Result<(), Problem> {
    let errand = || app.store.errand_id(app.clock.now());
    let places = app.municipalities.clone();
    // Reading first asks the custody register where it must.
    app.read_as(token, move |tx, who| aids::overview(tx, &places, who, journal).map(|_| ())).await?;
    let places = app.municipalities.clone();
    let begun: String = app
        .write_as(
            token,
            ("aids.begin", errand()?),
            |_| Ok(()),
            move |tx, who| Ok(aids::begin(tx, &places, who, journal, one.kind)?.to_string()),
        )
        .await?;
    let id = ItemId::parse(&begun).map_err(|_| Problem::NotFound)?;
    let places = app.municipalities.clone();
    app.write_as(
        token,
        ("aids.fill", errand()?),
        |_| Ok(()),
        move |tx, who| {
            let why = Why { lasting: Lasting::Yes, need: one.need.to_owned(), aims: vec![Aim::Everyday] };
            aids::save_why(tx, &places, who, (journal, id), &why)?;
            if one.sent {
                let pair = |(code, answer): &(&str, &str)| ((*code).to_owned(), (*answer).to_owned());
                let answers = Answers {
                    occasion: Occasion::Again,
                    answers: one.answers.iter().map(pair).collect(),
                    supplier: Supplier::Municipality,
                };
                aids::save_answers(tx, &places, who, (journal, id), &answers)?;
                aids::see_files(tx, &places, who, (journal, id))?;
            }
            Ok(())
        },
    )
    .await?;
    if one.sent {
        aids::send(app, (token, ("aids.send", errand()?)), (journal, id), |_| Ok(())).await?;
    }
    Ok(())
}
