//! Invented visits, as data in the records' files and as Appointments; and the one that Mette has called off for her mother.
//! Their days count from the day the demo's data is made, so that there is always a week ahead. It refuses shortcuts past
//! the door and past the errand.

use super::bundle::{Citizen, coded, put, security, transaction};
use super::looks::{Looking, open};
use super::relations::Ids;
use super::seed::noon;
use anyhow::Context as _;
use borgerportal_domain::access::Role;
use borgerportal_domain::time::{Date, Timestamp, copenhagen_at, days_after};
use borgerportal_fhir::calendar::{VISIT_MOVED_FROM, VISIT_SERIES, VISIT_TYPE};
use borgerportal_service::calendar::{Form, Part, cancel, days};
use borgerportal_service::{App, Problem};
use jiff::civil::Weekday;
use serde::Deserialize;
use serde_json::{Value, json};

/// When Mette called the bath off, in days before the demo's data was made.
const CALLED_OFF: i64 = 1;

/// Visits of one kind, at one clock time.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Visit {
    /// Days ago that it was delivered.
    #[serde(default = "a_week")]
    pub(super) days: i64,
    id: String,
    kind: String,
    /// Who comes, where from, and where if not at home.
    #[serde(default)]
    role: String,
    #[serde(default)]
    unit: String,
    #[serde(default)]
    place: String,
    /// So many days ahead, and then on the first of these days.
    #[serde(default)]
    ahead: i64,
    #[serde(default)]
    weekdays: Vec<String>,
    /// On this day of this or the next year, such as `12-28`.
    on: Option<String>,
    /// So many hours from now, instead of a day and a time.
    in_hours: Option<i64>,
    /// `8.30`
    #[serde(default)]
    at: String,
    #[serde(default = "half_an_hour")]
    minutes: i64,
    /// So many weeks of it, every so many weeks.
    #[serde(default = "once")]
    weeks: i64,
    #[serde(default = "once")]
    every: i64,
    /// What the record system says of it; of what is past, that it took place.
    status: Option<String>,
    reason: Option<String>,
    /// The clock time it had before.
    moved_from: Option<String>,
    #[serde(default)]
    audience: Vec<String>,
    #[serde(default)]
    withheld: Vec<String>,
    #[serde(default)]
    sensitive: Vec<String>,
}

const fn a_week() -> i64 {
    7
}

const fn half_an_hour() -> i64 {
    30
}

const fn once() -> i64 {
    1
}

impl Visit {
    /// Shown to these, where the file says nothing for this one.
    pub(super) fn or_audience(&mut self, audience: &[String]) {
        if self.audience.is_empty() {
            audience.clone_into(&mut self.audience);
        }
    }

    /// All of them, as a record system sends them.
    pub(super) fn delivery(
        &self,
        citizen: &Citizen,
        at: Timestamp,
        (today, now): (Date, Timestamp),
    ) -> anyhow::Result<Value> {
        let mut resources = vec![citizen.patient(&json!({}))];
        for (number, start) in (0..).zip(self.starts(today, now)?) {
            resources.push(self.appointment(citizen, (number, start), at, now)?);
        }
        Ok(transaction(at, resources))
    }

    fn starts(&self, today: Date, now: Timestamp) -> anyhow::Result<Vec<Timestamp>> {
        if let Some(hours) = self.in_hours {
            return Ok(vec![now.plus_minutes(60 * hours)]);
        }
        let first = match &self.on {
            Some(day) => next(day, today)?,
            None => days_after(today, self.ahead),
        };
        let mut starts = Vec::new();
        for week in 0..self.weeks {
            let from = days_after(first, 7 * week * self.every);
            let days = if self.weekdays.is_empty() { vec![from] } else { self.of_week(from)? };
            for day in days {
                starts.push(clock(day, &self.at)?);
            }
        }
        Ok(starts)
    }

    /// The wanted days of the seven from this one.
    fn of_week(&self, from: Date) -> anyhow::Result<Vec<Date>> {
        let wanted = self.weekdays.iter().map(|name| weekday(name)).collect::<anyhow::Result<Vec<_>>>()?;
        Ok((0..7).map(|more| days_after(from, more)).filter(|day| wanted.contains(&day.weekday())).collect())
    }

    fn appointment(
        &self,
        citizen: &Citizen,
        (number, start): (u32, Timestamp),
        at: Timestamp,
        now: Timestamp,
    ) -> anyhow::Result<Value> {
        let end = start.plus_minutes(self.minutes);
        let status = self.status.as_deref().unwrap_or(if end < now { "fulfilled" } else { "booked" });
        let mut node = json!({
            "resourceType": "Appointment",
            "id": format!("{}-{number}", self.id),
            "meta": {
                "lastUpdated": at.to_string(),
                "security": security(&self.audience, &self.withheld, &self.sensitive),
            },
            "status": status,
            "start": start.to_string(),
            "end": end.to_string(),
            "serviceType": [coded(VISIT_TYPE, &self.kind)],
            "participant": self.participants(citizen),
        });
        let mut extensions = Vec::new();
        if self.weeks > 1 {
            extensions.push(json!({ "url": VISIT_SERIES, "valueString": self.id }));
        }
        if let Some(before) = &self.moved_from {
            let from = clock(borgerportal_domain::time::copenhagen_date(start), before)?;
            let period =
                json!({ "start": from.to_string(), "end": from.plus_minutes(self.minutes).to_string() });
            extensions.push(json!({ "url": VISIT_MOVED_FROM, "valuePeriod": period }));
        }
        if !extensions.is_empty() {
            put(&mut node, "extension", Value::Array(extensions));
        }
        if let Some(reason) = &self.reason {
            put(&mut node, "cancelationReason", json!({ "text": reason }));
        }
        Ok(node)
    }

    fn participants(&self, citizen: &Citizen) -> Value {
        let mut all = vec![
            json!({ "status": "accepted", "actor": { "reference": format!("Patient/{}", citizen.key) } }),
        ];
        if !self.unit.is_empty() {
            let mut unit =
                json!({ "status": "accepted", "actor": { "type": "Organization", "display": self.unit } });
            if !self.role.is_empty() {
                put(&mut unit, "type", json!([{ "text": self.role }]));
            }
            all.push(unit);
        }
        if !self.place.is_empty() {
            all.push(json!({ "status": "accepted", "actor": { "type": "Location", "display": self.place } }));
        }
        Value::Array(all)
    }
}

/// The next time this day of the year comes.
fn next(day: &str, today: Date) -> anyhow::Result<Date> {
    let of = |year: i16| format!("{year}-{day}").parse::<Date>().context("a day of the year");
    let this = of(today.year())?;
    if this >= today { Ok(this) } else { of(today.year() + 1) }
}

/// The instant of a clock time, such as `8.30`, of a day.
fn clock(day: Date, time: &str) -> anyhow::Result<Timestamp> {
    let (hour, minute) = time.split_once('.').context("a clock time")?;
    let clock = jiff::civil::Time::new(hour.parse()?, minute.parse()?, 0, 0)?;
    Ok(copenhagen_at(day.to_datetime(clock)))
}

fn weekday(name: &str) -> anyhow::Result<Weekday> {
    Ok(match name {
        "monday" => Weekday::Monday,
        "tuesday" => Weekday::Tuesday,
        "wednesday" => Weekday::Wednesday,
        "thursday" => Weekday::Thursday,
        "friday" => Weekday::Friday,
        "saturday" => Weekday::Saturday,
        "sunday" => Weekday::Sunday,
        other => anyhow::bail!("no day of the week: {other}"),
    })
}

/// Mette calls the last bath off that the record system has told of, for her mother.
pub(super) async fn called_off(app: &App, ids: &Ids, today: Date, now: Timestamp) -> Result<(), Problem> {
    let at = noon(today, CALLED_OFF, 0).min(now);
    let looking = Looking { key: "mette", role: Role::Relative, subject: "inger", municipality: "0217", at };
    let (token, journal) = open(app, ids, &looking).await?;
    let places = app.municipalities.clone();
    let ahead = (today, days_after(today, 60), Part::All);
    let baths = app.read_as(&token, move |tx, who| {
        let (_, found) = days(tx, &places, who, journal, ahead)?;
        Ok(found
            .rows
            .iter()
            .filter(|row| row.look.cancel().is_ok())
            .map(|row| (row.id, row.visit.kind))
            .collect::<Vec<_>>())
    });
    let bath = borgerportal_domain::calendar::VisitType::Bath;
    let Some((visit, _)) = baths.await?.into_iter().find(|(_, kind)| *kind == bath) else { return Ok(()) };
    let (places, id) = (app.municipalities.clone(), app.store.errand_id(at)?);
    let form = Form { visit, also: Vec::new(), note: "Mor er hos tandlægen.".to_owned() };
    let errand = move |tx: &borgerportal_store::tx::Tx<'_>, who: &_| cancel(tx, &places, who, journal, &form);
    app.write_as(&token, ("cancel a visit", id), |_| Ok(()), errand).await?;
    Ok(())
}
