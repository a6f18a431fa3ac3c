//! What people do with visits, and how a record system tells of them and answers.

use crate::common::{OPEN, Portal, Somebody, Visitor, bundle, helsingor, name_of, only, patient};
use borgerportal_domain::access::{Privilege, PrivilegeSet};
use borgerportal_domain::ids::{ItemId, JournalId, OutgoingId};
use borgerportal_domain::outgoing::{Event, State};
use borgerportal_domain::time::{Date, Timestamp, copenhagen_at};
use borgerportal_fhir::calendar::{VISIT_SERIES, VISIT_TYPE};
use borgerportal_service::Problem;
use borgerportal_service::calendar::{self, Days, Form, One, Part, Row};
use borgerportal_store::outgoing;
use borgerportal_store::testing::TestStore;
use borgerportal_store::tx::Tx;
use serde_json::{Value, json};

/// A visit of half an hour, as a record system sends it. Times are those of a Danish clock.
pub(crate) fn visit(who: &Somebody, id: &str, day: &str, hour: i8) -> Value {
    let from = at(day, hour, 0);
    json!({
        "resourceType": "Appointment", "id": id, "status": "booked",
        "start": from.to_string(), "end": from.plus_minutes(30).to_string(),
        "serviceType": [{ "coding": [{ "system": VISIT_TYPE, "code": "cleaning" }] }],
        "participant": [
            { "actor": { "reference": format!("Patient/{}", name_of(who)) }, "status": "accepted" },
            { "actor": { "type": "Organization", "display": "Hjemmeplejen Nord" }, "status": "accepted",
              "type": [{ "text": "Hjemmehjælper" }] },
        ],
    })
}

pub(crate) fn of_type(mut visit: Value, code: &str) -> Value {
    visit["serviceType"] = json!([{ "coding": [{ "system": VISIT_TYPE, "code": code }] }]);
    visit
}

pub(crate) fn with_status(mut visit: Value, status: &str) -> Value {
    visit["status"] = json!(status);
    visit
}

pub(crate) fn in_series(mut visit: Value, series: &str) -> Value {
    visit["extension"] = json!([{ "url": VISIT_SERIES, "valueString": series }]);
    visit
}

pub(crate) fn at(day: &str, hour: i8, minute: i8) -> Timestamp {
    copenhagen_at(day.parse::<Date>().unwrap().at(hour, minute, 0, 0))
}

/// Inger, her daughter with a mandate to act, and her visits.
pub(crate) struct Scene {
    pub(crate) portal: Portal,
    pub(crate) inger: Somebody,
    pub(crate) mette: Somebody,
    pub(crate) journal: JournalId,
}

/// The Wednesday of the week after the tests begin (Tuesday 3 November 2026): can be called off to and with Friday the 6th.
pub(crate) const WEDNESDAY: &str = "2026-11-11";

impl Scene {
    pub(crate) async fn with(store: TestStore, visits: impl Fn(&Somebody) -> Vec<Value>) -> Self {
        Self::decided(store, "", visits).await
    }

    /// With what the municipality has decided about visits.
    pub(crate) async fn decided(
        store: TestStore,
        settings: &str,
        visits: impl Fn(&Somebody) -> Vec<Value>,
    ) -> Self {
        let portal = Portal::with(store, &format!("{OPEN}{settings}"));
        let inger = portal.person(1001, "Inger", "1943-05-12").await;
        let mette = portal.person(1002, "Mette", "1970-02-01").await;
        let acts = [Privilege::ReadCalendar, Privilege::ActCalendar];
        portal.mandate_with(&inger, &mette, |one| one.items[0].privileges = only(&acts)).await;
        let journal = portal.journal(&inger, helsingor()).await;
        let scene = Self { portal, inger, mette, journal };
        scene.told("2026-11-01T10:00:00Z", &visits(&scene.inger)).await;
        scene
    }

    /// The record system tells of visits.
    pub(crate) async fn told(&self, sent: &str, visits: &[Value]) {
        let all: Vec<Value> = std::iter::once(patient(&self.inger)).chain(visits.iter().cloned()).collect();
        self.portal.deliver(&bundle("transaction", sent, &all)).await;
    }

    pub(crate) async fn hers(&self) -> Calendar {
        Calendar { visitor: self.portal.as_citizen(&self.inger).await, journal: self.journal }
    }

    pub(crate) async fn daughters(&self) -> Calendar {
        Calendar { visitor: self.portal.as_relative(&self.mette).await, journal: self.journal }
    }

    /// What waits for the record system or was told it: kinds, oldest first.
    pub(crate) async fn outgoing(&self) -> Vec<&'static str> {
        self.portal.read(|tx| Ok(listed(tx)?.iter().map(|one| one.kind.code()).collect())).await
    }

    /// The record system answers everything it was told.
    pub(crate) async fn answers(&self, event: Event) {
        self.portal
            .write(move |tx| {
                for one in listed(tx)? {
                    outgoing::happen(tx, one.id, event, "")?;
                }
                Ok(())
            })
            .await;
    }

    /// What the record system was told last, as it would read it.
    pub(crate) async fn last_told(&self) -> Value {
        let resource = self.portal.read(|tx| {
            let id: OutgoingId = listed(tx)?.last().unwrap().id;
            Ok(outgoing::load(tx, id)?.unwrap().resource.unwrap().0.to_vec())
        });
        serde_json::from_slice(&resource.await).unwrap()
    }
}

fn listed(tx: &Tx<'_>) -> Result<Vec<outgoing::Listed>, Problem> {
    let mut all = Vec::new();
    for state in State::ALL {
        all.extend(outgoing::list(tx, *state, 1000)?);
    }
    all.sort_by_key(|one| (one.at, one.id));
    Ok(all)
}

/// Somebody at Inger's calendar.
#[derive(Clone)]
pub(crate) struct Calendar {
    pub(crate) visitor: Visitor,
    pub(crate) journal: JournalId,
}

impl Calendar {
    pub(crate) async fn days(&self, first: &str, last: &str) -> Result<Days, Problem> {
        self.part(first, last, Part::All).await
    }

    pub(crate) async fn part(&self, first: &str, last: &str, part: Part) -> Result<Days, Problem> {
        let (places, journal) = (self.visitor.portal.app.municipalities.clone(), self.journal);
        let days = (first.parse().unwrap(), last.parse().unwrap(), part);
        let read =
            move |tx: &Tx<'_>, who: &_| calendar::days(tx, &places, who, journal, days).map(|(_, days)| days);
        self.visitor.portal.app.read_as(&self.visitor.token, read).await
    }

    /// November, one line a visit: day, time, how it stands.
    pub(crate) async fn lines(&self) -> Vec<String> {
        let days = self.days("2026-11-01", "2026-11-30").await.unwrap();
        lines(&days)
    }

    /// The first visit of November.
    pub(crate) async fn first(&self) -> ItemId {
        self.days("2026-11-01", "2026-12-31").await.unwrap().rows[0].id
    }

    pub(crate) async fn open(&self, item: ItemId) -> Result<One, Problem> {
        let (places, journal) = (self.visitor.portal.app.municipalities.clone(), self.journal);
        let read = move |tx: &Tx<'_>, who: &_| {
            calendar::visit(tx, &places, who, (journal, item)).map(|(_, one)| one)
        };
        self.visitor.portal.app.read_as(&self.visitor.token, read).await
    }

    pub(crate) async fn cancel(&self, item: ItemId) -> Result<u32, Problem> {
        self.send(Form { visit: item, also: Vec::new(), note: String::new() }).await
    }

    pub(crate) async fn send(&self, form: Form) -> Result<u32, Problem> {
        let app = &self.visitor.portal.app;
        let (places, journal) = (app.municipalities.clone(), self.journal);
        let id = app.store.errand_id(app.clock.now()).unwrap();
        let errand = move |tx: &Tx<'_>, who: &_| calendar::cancel(tx, &places, who, journal, &form);
        app.write_as(&self.visitor.token, ("cancel", id), |_| Ok(()), errand).await
    }

    pub(crate) async fn undo(&self, item: ItemId) -> Result<(), Problem> {
        let app = &self.visitor.portal.app;
        let (places, journal) = (app.municipalities.clone(), self.journal);
        let id = app.store.errand_id(app.clock.now()).unwrap();
        let errand = move |tx: &Tx<'_>, who: &_| calendar::undo(tx, &places, who, (journal, item));
        app.write_as(&self.visitor.token, ("undo", id), |_| Ok(()), errand).await
    }
}

/// Tries until the store has answered for good, as a person would press again.
macro_rules! insist {
    ($attempt:expr) => {
        loop {
            match $attempt.await {
                Err(problem) if problem.is_busy() => {}
                answer => break answer,
            }
        }
    };
}
pub(crate) use insist;

/// One line a visit: day, time, how it stands.
pub(crate) fn lines(days: &Days) -> Vec<String> {
    days.rows.iter().map(line).collect()
}

fn line(row: &Row) -> String {
    let clock = borgerportal_domain::time::copenhagen(row.visit.slot.from);
    format!("{} {:02}:{:02} {}", clock.date(), clock.hour(), clock.minute(), row.look.standing.code())
}

/// Only to look.
pub(crate) fn reading() -> PrivilegeSet {
    only(&[Privilege::ReadCalendar])
}
