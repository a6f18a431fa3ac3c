//! A whole portal for one test: a fresh store, files in memory, partners that answer from memory, a clock that
//! can be moved, two municipalities, and people who are signed in without going through a browser.

#![allow(dead_code, unused_imports, reason = "each file of tests uses its own part")]
#![allow(clippy::allow_attributes, reason = "expect would fail in the files that use everything")]

mod deliveries;
mod faults;
mod partners;
mod reference;
mod visitors;

pub(crate) use deliveries::*;
pub(crate) use faults::*;
pub(crate) use partners::*;
pub(crate) use reference::*;
pub(crate) use visitors::*;

use borgerportal_domain::access::{ItemFact, MandateFact, Privilege, PrivilegeSet};
use borgerportal_domain::ids::{JournalId, MandateId, PersonId};
use borgerportal_domain::mandates::{Channel, Origin, Status, Territory, Validity};
use borgerportal_domain::municipality::{MunicipalityCode, Settings};
use borgerportal_domain::person::{PersonFacts, PersonName};
use borgerportal_domain::time::{Date, Timestamp};
use borgerportal_domain::{Cpr, access::Block};
use borgerportal_identity::system_clients::AccessTokens;
use borgerportal_partners::{Files, NoScanner};
use borgerportal_service::ingest::{self, Counts, NotTaken, Sender};
use borgerportal_service::sessions::Limits;
use borgerportal_service::{App, Clock, Municipalities, Parts, Problem, Retention};
use borgerportal_store::people::{self, Person};
use borgerportal_store::testing::TestStore;
use borgerportal_store::{Store, facts, mandates, reach, record, tx::Tx};
use serde_json::Value;
use std::sync::Arc;

pub(crate) use borgerportal_store::testing::NOW;

/// Everybody may see everything that no label forbids.
pub(crate) const OPEN: &str = "[[publication]]\naudience = [\"citizen\", \"parent\", \"relative\"]\n\
     signed_off_by = \"Test\"\nsigned_off_on = 2026-01-01\n";

pub(crate) fn helsingor() -> MunicipalityCode {
    MunicipalityCode::parse("0217").unwrap()
}

pub(crate) fn randers() -> MunicipalityCode {
    MunicipalityCode::parse("0730").unwrap()
}

/// The record system of these tests.
pub(crate) fn sender(municipality: MunicipalityCode) -> Sender {
    Sender { id: "record".to_owned(), municipality }
}

/// A portal with everything a test may want to touch.
#[derive(Clone)]
pub(crate) struct Portal {
    pub(crate) app: App,
    pub(crate) store: TestStore,
    pub(crate) broker: Arc<MemoryBroker>,
    pub(crate) register: Arc<MemoryRegister>,
}

/// Somebody as the test knows them.
#[derive(Clone)]
pub(crate) struct Somebody {
    pub(crate) id: PersonId,
    pub(crate) cpr: Cpr,
    pub(crate) name: PersonName,
    pub(crate) birth_on: Date,
}

impl Portal {
    /// Both municipalities publish everything to everybody.
    pub(crate) fn open(store: TestStore) -> Self {
        Self::with(store, OPEN)
    }

    /// Helsingør with these settings; Randers publishes everything.
    pub(crate) fn with(store: TestStore, settings: &str) -> Self {
        let clock = Clock::system();
        clock.set(NOW);
        let (broker, register) = (Arc::new(MemoryBroker::new()), Arc::new(MemoryRegister::default()));
        let around = (broker.clone(), register.clone());
        let app = app_of(store.store(), (Files::in_memory(), clock, places(settings)), around);
        Self { app, store, broker, register }
    }

    /// Another process on the same data, with the same clock and settings.
    pub(crate) fn another_node(&self, store: &Store) -> App {
        let Self { app, broker, register, .. } = self;
        let own = (app.files.clone(), app.clock.clone(), app.municipalities.clone());
        app_of(store.clone(), own, (broker.clone(), register.clone()))
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.app.clock.now()
    }

    pub(crate) fn minutes_later(&self, minutes: i64) {
        self.app.clock.move_by(minutes * 60_000);
    }

    /// Writes something the portal has no errand for yet.
    pub(crate) async fn write(
        &self,
        change: impl Fn(&Tx<'_>) -> Result<(), Problem> + Send + Sync + 'static,
    ) {
        self.app.write(change).await.unwrap();
    }

    pub(crate) async fn read<T: Send + 'static>(
        &self,
        read: impl Fn(&Tx<'_>) -> Result<T, Problem> + Send + 'static,
    ) -> T {
        self.app.read(read).await.unwrap()
    }

    /// Somebody whom the registers know. The number is one that nobody can have.
    pub(crate) async fn person(&self, number: u16, given: &str, birth: &str) -> Somebody {
        let birth_on: Date = birth.parse().unwrap();
        let cpr = cpr_of(number);
        let name = PersonName { given: given.to_owned(), family: "Holm".to_owned() };
        let id = PersonId::from_uuid(self.app.store.errand_id(NOW).unwrap().uuid());
        let facts = PersonFacts { id, birth_on, deceased_on: None, protected: false };
        let person = Person { facts, name: name.clone(), cpr: cpr.clone() };
        self.write(move |tx| Ok(people::save(tx, &person)?)).await;
        Somebody { id, cpr, name, birth_on }
    }

    /// Changes what is known of a person.
    pub(crate) async fn change(&self, who: &Somebody, change: fn(&mut PersonFacts)) {
        let id = who.id;
        self.write(move |tx| {
            let mut person = people::person(tx, id)?.unwrap();
            change(&mut person.facts);
            Ok(people::save(tx, &person)?)
        })
        .await;
    }

    /// An empty journal.
    pub(crate) async fn journal(&self, who: &Somebody, municipality: MunicipalityCode) -> JournalId {
        let (id, fresh) = (who.id, self.app.random().unwrap());
        self.write(move |tx| Ok(record::open(tx, municipality, id, &fresh).map(|_| ())?)).await;
        self.journal_of(&who.cpr, municipality).await.unwrap()
    }

    pub(crate) async fn journal_of(&self, cpr: &Cpr, municipality: MunicipalityCode) -> Option<JournalId> {
        let cpr = cpr.clone();
        self.read(move |tx| {
            let Some(id) = people::by_cpr(tx, &cpr)? else { return Ok(None) };
            Ok(reach::citizens_journal(tx, id, municipality)?)
        })
        .await
    }

    /// A mandate to read everything, signed a month ago and good for another.
    pub(crate) async fn mandate(&self, giver: &Somebody, holder: &Somebody) -> MandateId {
        self.mandate_with(giver, holder, |_| {}).await
    }

    pub(crate) async fn mandate_with(
        &self,
        giver: &Somebody,
        holder: &Somebody,
        change: impl FnOnce(&mut MandateFact),
    ) -> MandateId {
        let now = self.now();
        let mut mandate = MandateFact {
            id: MandateId::from_uuid(self.app.store.errand_id(now).unwrap().uuid()),
            giver: giver.id,
            holder: holder.id,
            origin: Origin::Given,
            validity: Validity { from: now.plus_days(-30), until: now.plus_days(30) },
            items: vec![item(PrivilegeSet::all_reading())],
        };
        change(&mut mandate);
        let id = mandate.id;
        self.write(move |tx| Ok(mandates::sign(tx, &mandate, None)?)).await;
        id
    }

    /// Something happens to a mandate. Acknowledged when this returns.
    pub(crate) async fn set_status(&self, mandate: MandateId, actor: &Somebody, status: Status) {
        let actor = actor.id;
        self.write(move |tx| Ok(mandates::set_status(tx, mandate, &status, actor).map(|_| ())?)).await;
    }

    pub(crate) async fn withdraw(&self, mandate: MandateId, giver: &Somebody) {
        self.set_status(mandate, giver, Status::Withdrawn { at: self.now() }).await;
    }

    pub(crate) async fn block(&self, whose: &Somebody, municipality: MunicipalityCode, block: Block) {
        let citizen = whose.id;
        self.write(move |tx| Ok(facts::keep_block(tx, municipality, citizen, &block)?)).await;
    }

    /// Takes a delivery in for Helsingør.
    pub(crate) async fn deliver(&self, bundle: &Value) -> Counts {
        self.deliver_bytes(bundle.to_string().as_bytes(), None).await.unwrap()
    }

    pub(crate) async fn deliver_bytes(&self, bytes: &[u8], key: Option<&str>) -> Result<Counts, NotTaken> {
        let taken = ingest::take(&self.app, &sender(helsingor()), bytes, key).await;
        taken.map(|taken| taken.counts)
    }
}

/// A process on some data, with partners that answer from memory.
pub(crate) fn app_of(
    store: Store,
    (files, clock, municipalities): (Files, Clock, Arc<Municipalities>),
    (broker, custody): (Arc<MemoryBroker>, Arc<MemoryRegister>),
) -> App {
    App::new(Parts {
        store,
        files,
        clock,
        municipalities,
        broker,
        custody,
        scanner: Arc::new(NoScanner),
        tokens: AccessTokens::new(&[[7; 32]]).unwrap(),
        token_audience: "https://portal.example/token".to_owned(),
        limits: Limits::default(),
        retention: Retention::default(),
    })
}

/// Helsingør with these settings; Randers publishes everything.
pub(crate) fn places(settings: &str) -> Arc<Municipalities> {
    let read =
        |code: &str, rest: &str| Settings::from_toml(&format!("municipality = \"{code}\"\n{rest}")).unwrap();
    Arc::new(Municipalities::new([read("0217", settings), read("0730", OPEN)]))
}

/// An item of a mandate in force, in the portal, everywhere.
pub(crate) fn item(privileges: PrivilegeSet) -> ItemFact {
    ItemFact {
        status: Status::SIGNED,
        privileges,
        channel: Channel::SelfService,
        territory: Territory::All,
        package_active: true,
    }
}

pub(crate) fn only(privileges: &[Privilege]) -> PrivilegeSet {
    privileges.iter().copied().collect()
}

/// Day + 60: numbers that nobody can have.
pub(crate) fn cpr_of(number: u16) -> Cpr {
    Cpr::parse(&format!("720544{number:04}")).unwrap()
}

/// A refusal in one word: what the person would be told apart by.
pub(crate) fn told(problem: &Problem) -> String {
    match problem {
        Problem::NotFound => "not found".to_owned(),
        Problem::Refused(refusal, name) => format!("{refusal} {name}"),
        Problem::Denied(code) => (*code).to_owned(),
        Problem::NoSession => "no session".to_owned(),
        Problem::AskRegister | Problem::Stale | Problem::Away(_) | Problem::Broken(_) => {
            format!("{problem:?}")
        }
    }
}
