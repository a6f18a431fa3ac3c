//! Making the demo's data: every delivery, mandate and look happens at its own time, in order, through the same
//! errands as in production. It refuses to write a record past the door.

use super::bundle::{self, Citizen};
use super::people::{PEOPLE, find};
use super::relations::{self, Ids};
use super::{ago, aids, looks, mandates, records, visits};
use anyhow::Context as _;
use borgerportal_domain::ids::PersonId;
use borgerportal_domain::municipality::MunicipalityCode;
use borgerportal_domain::person::PersonFacts;
use borgerportal_domain::time::{Date, Timestamp, copenhagen_at};
use borgerportal_service::ingest::{NotTaken, Sender, take};
use borgerportal_service::{App, Problem, jobs};
use borgerportal_store::people::{Person, save};
use serde_json::Value;

/// Those the portal has never heard of until they log in.
const UNKNOWN: [&str; 4] = ["niels", "freja", "poul", "yasmin"];

/// One thing a record system sends.
struct Delivery {
    at: Timestamp,
    sender: Sender,
    bundle: Value,
}

/// All of it. `app` has a clock of its own, which is moved.
pub(super) async fn all(app: &App, today: Date) -> anyhow::Result<()> {
    let now = app.clock.now();
    app.clock.set(noon(today, 800, 0));
    let ids = people(app, today).await.context("people")?;
    mandates::catalogue(app).await.context("packages")?;
    for delivery in deliveries(today, now)? {
        app.clock.set(delivery.at);
        deliver(app, &delivery).await?;
    }
    mandates::all(app, &ids, today, now).await?;
    let copy = ids.clone();
    app.write(move |tx| relations::others(tx, &copy, today)).await.context("guardian and block")?;
    looks::all(app, &ids, today, now).await.context("who has looked")?;
    aids::applied(app, &ids, today, now).await.context("applications")?;
    visits::called_off(app, &ids, today, now).await.context("a visit called off")?;
    app.clock.set(now);
    jobs::seal(app).await.context("sealing the log")?;
    Ok(())
}

/// Late morning of a day, some minutes apart.
pub(super) fn noon(today: Date, days: i64, minutes: i64) -> Timestamp {
    copenhagen_at(ago(today, days).at(10, 0, 0, 0)).plus_minutes(minutes)
}

async fn people(app: &App, today: Date) -> anyhow::Result<Ids> {
    let known: Vec<_> = PEOPLE.iter().filter(|person| !UNKNOWN.contains(&person.key)).collect();
    let mut rows = Vec::new();
    for person in known {
        rows.push((person, person.cpr(today)?));
    }
    let kept: Vec<(String, String)> = app
        .write(move |tx| {
            let mut kept = Vec::new();
            for (person, cpr) in &rows {
                let id = PersonId::from_uuid(tx.mint());
                let facts = PersonFacts {
                    id,
                    birth_on: person.birth_on(today),
                    // Who dies does so on their day, by the errand that a register uses.
                    deceased_on: None,
                    protected: person.protected,
                };
                save(tx, &Person { facts, name: person.name(), cpr: cpr.clone() })?;
                kept.push((person.key.to_owned(), id.to_string()));
            }
            Ok::<_, Problem>(kept)
        })
        .await?;
    kept.into_iter().map(|(key, id)| Ok((key, PersonId::parse(&id)?))).collect()
}

/// Everything that is sent, in the order of time.
fn deliveries(today: Date, now: Timestamp) -> anyhow::Result<Vec<Delivery>> {
    let mut all = Vec::new();
    for record in records::all()? {
        let person = find(&record.person)?;
        let municipality = MunicipalityCode::parse(&record.municipality).context("municipality")?;
        let citizen = Citizen {
            key: person.key,
            cpr: person.cpr(today)?,
            name: person.name(),
            birth_on: person.birth_on(today),
            protected: person.protected,
            municipality: municipality.full_name(),
        };
        let sender = Sender { id: record.sender.clone(), municipality };
        let mut send = |at: Timestamp, bundle: Value| {
            all.push(Delivery { at, sender: sender.clone(), bundle });
        };
        for (number, document) in (0..).zip(&record.document) {
            let at = noon(today, document.days, number % 300).min(now);
            send(at, bundle::document(&citizen, document, at, today));
        }
        for report in &record.report {
            let at = noon(today, report.days, 305).min(now);
            send(at, bundle::report(&citizen, report, at, today));
        }
        for (number, grant) in (0..).zip(&record.grant) {
            let at = noon(today, grant.days, 310 + number % 60).min(now);
            send(at, grant.delivery(&citizen, at, today));
        }
        for social in &record.social {
            let at = noon(today, social.days, 350).min(now);
            send(at, bundle::social(&citizen, social, at, today)?);
        }
        for (number, visit) in (0..).zip(&record.visit) {
            let at = noon(today, visit.days, 380 + number).min(now);
            send(at, visit.delivery(&citizen, at, (today, now))?);
        }
        for (number, message) in (0..).zip(&record.message) {
            let at = noon(today, message.days, 320 + number).min(now);
            send(at, message.delivery(&citizen, at));
        }
        if let Some(days) = record.closed {
            let at = noon(today, days, 400).min(now);
            send(at, bundle::journal(&citizen, false, at));
        }
    }
    for journal in aids::all()? {
        let cpr = find(&journal.person)?.cpr(today)?;
        let (at, bundle) = journal.bundle(cpr.expose(), today);
        let municipality = MunicipalityCode::parse(&journal.municipality).context("municipality")?;
        all.push(Delivery { at: at.min(now), sender: Sender { id: journal.sender, municipality }, bundle });
    }
    all.sort_by_key(|delivery| delivery.at);
    Ok(all)
}

async fn deliver(app: &App, delivery: &Delivery) -> anyhow::Result<()> {
    let bytes = serde_json::to_vec(&delivery.bundle)?;
    match take(app, &delivery.sender, &bytes, None).await {
        Ok(_) => Ok(()),
        Err(NotTaken::Rejected(rejection)) => {
            anyhow::bail!("a delivery of the demo was refused: {:?}", rejection.issues)
        }
        Err(other) => Err(other.into()),
    }
}
