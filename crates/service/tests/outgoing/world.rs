//! A portal with a way to a simulated record system, and a clock that is moved.

use crate::common::{Portal, Somebody, helsingor};
use borgerportal_domain::access::Privilege;
use borgerportal_domain::access_log::{LogObject, ObjectKind};
use borgerportal_domain::ids::{JournalId, OutgoingId};
use borgerportal_domain::outgoing::{OutgoingKind, OutgoingState, Progress};
use borgerportal_fhir::outgoing::Telling;
use borgerportal_identity::jws::{KeySet, SigningKey};
use borgerportal_partners::{HttpConfig, Outgoing, RecordSystemAddress, RecordSystemClient};
use borgerportal_service::access::{Granted, Question, ask};
use borgerportal_service::ingest::{NotTaken, Sender, take};
use borgerportal_service::outgoing::{Told, Way, send_due, tell};
use borgerportal_service::sessions::SignedIn;
use borgerportal_service::{App, Municipalities, Problem};
use borgerportal_simulators::record_system::{self, Books, RecordSystemConfig};
use borgerportal_simulators::{Orders, Running};
use borgerportal_store::outgoing;
use borgerportal_store::testing::TestStore;
use borgerportal_store::tx::Tx;
use ring::rand::SystemRandom;
use std::sync::Arc;
use tokio::net::TcpListener;
use url::Url;

const CLIENT: &str = "borgerportal";

pub(crate) struct World {
    pub(crate) portal: Portal,
    pub(crate) app: App,
    pub(crate) store: TestStore,
    pub(crate) way: Way,
    pub(crate) books: Books,
    running: Running,
}

/// Somebody with a journal. They sign in for every step: between two of them days may pass.
pub(crate) struct Teller {
    pub(crate) who: Somebody,
    pub(crate) journal: JournalId,
}

fn question(journal: JournalId, privilege: Privilege) -> Question {
    Question { journal, privilege, object: LogObject::page(ObjectKind::Aids) }
}

impl World {
    /// Partners may take their time: what is slow here is the machine.
    pub(crate) async fn on(store: TestStore) -> Self {
        Self::patient(store, 20_000).await
    }

    /// The record system must answer within so many milliseconds.
    pub(crate) async fn patient(store: TestStore, answer_ms: u64) -> Self {
        let portal = Portal::open(store.clone());
        let key = SigningKey::generate("outgoing-1", &SystemRandom::new()).unwrap();
        let keys = serde_json::json!({ "keys": [key.public_jwk()] }).to_string();
        let clock = portal.app.clock.clone();
        let config = RecordSystemConfig {
            client: (CLIENT.to_owned(), KeySet::parse(keys.as_bytes()).unwrap()),
            token_audience: None,
            clock: Arc::new(move || clock.now()),
            door: None,
        };
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (running, books) = record_system::serve(listener, config).unwrap();
        let http = HttpConfig { answer_ms, ..HttpConfig::for_this_machine() };
        let address = RecordSystemAddress {
            base: Url::parse(&format!("{}{}", running.base(), record_system::base("0217"))).unwrap(),
            token: Url::parse(&format!("{}{}", running.base(), record_system::TOKEN)).unwrap(),
            client_id: CLIENT.to_owned(),
            scope: "system/*.c".to_owned(),
        };
        let system = RecordSystemClient::new(Outgoing::new(&http).unwrap(), address, key);
        let way = Way { municipality: helsingor(), system: Arc::new(system) };
        Self { app: portal.app.clone(), portal, store, way, books, running }
    }

    /// Another process on the same data, with the same clock.
    pub(crate) fn another_node(&self, node: &str) -> App {
        self.portal.another_node(&self.store.another_node(node))
    }

    pub(crate) async fn teller(&self, number: u16) -> Teller {
        let who = self.portal.person(number, "Inger", "1944-05-12").await;
        let journal = self.portal.journal(&who, helsingor()).await;
        Teller { who, journal }
    }

    /// Somebody tells something by an errand of theirs.
    pub(crate) async fn tell(&self, teller: &Teller) -> OutgoingId {
        self.try_to_tell(teller, |_| Ok(())).await.unwrap()
    }

    /// The same by an errand that goes on after it has told.
    pub(crate) async fn try_to_tell(
        &self,
        teller: &Teller,
        then: impl Fn(&Granted<'_>) -> Result<(), Problem> + Send + Sync + 'static,
    ) -> Result<OutgoingId, Problem> {
        let (places, journal) = (self.app.municipalities.clone(), teller.journal);
        let errand = self.app.store.errand_id(self.app.clock.now()).unwrap();
        let write = move |tx: &Tx<'_>, who: &SignedIn| {
            let granted = ask(tx, &places, who, &question(journal, Privilege::ActAids))?;
            let id = OutgoingId::from_uuid(tx.mint());
            tell(tx, &granted.access, &told(tx, &granted, id))?;
            then(&granted)?;
            Ok(id)
        };
        let visitor = self.portal.as_citizen(&teller.who).await;
        self.app.write_as(&visitor.token, ("tell", errand), |_| Ok(()), write).await
    }

    pub(crate) async fn send(&self) -> u64 {
        send_due(&self.app, &self.way).await.unwrap()
    }

    pub(crate) fn later(&self, minutes: i64) {
        self.app.clock.move_by(minutes * 60_000);
    }

    pub(crate) async fn order(&self, orders: Orders) {
        crate::common::order(&self.running.base(), &orders).await;
    }

    async fn read<T: Send + 'static>(
        &self,
        teller: &Teller,
        read: impl Fn(&Tx<'_>, &Granted<'_>) -> Result<T, Problem> + Clone + Send + 'static,
    ) -> T {
        let (places, journal): (Arc<Municipalities>, _) = (self.app.municipalities.clone(), teller.journal);
        let errand = move |tx: &Tx<'_>, who: &SignedIn| {
            let granted = ask(tx, &places, who, &question(journal, Privilege::ReadAids))?;
            read(tx, &granted)
        };
        let visitor = self.portal.as_citizen(&teller.who).await;
        self.app.read_as(&visitor.token, errand).await.unwrap()
    }

    /// Where one of theirs is.
    pub(crate) async fn state(&self, teller: &Teller, id: OutgoingId) -> Option<OutgoingState> {
        self.read(teller, move |tx, granted| Ok(outgoing::state(tx, &granted.access, id)?)).await
    }

    /// What happened to one of theirs: answers by their word, the rest by its code.
    pub(crate) async fn story(&self, teller: &Teller, id: OutgoingId) -> Vec<String> {
        let steps = self.read(teller, move |tx, granted| Ok(outgoing::steps(tx, &granted.access, id)?)).await;
        let word = |step: outgoing::Step| {
            let said = step.progress.map(Progress::code).unwrap_or_default();
            format!("{said} {}", step.why).trim().to_owned()
        };
        steps.into_iter().map(word).collect()
    }

    /// Delivers by the FHIR door what the record system has answered. Returns how many answers.
    pub(crate) async fn deliver_answers(&self) -> usize {
        let answers = self.books.take_answers();
        for (municipality, bundle) in &answers {
            assert_eq!(municipality, "0217");
            self.deliver(bundle).await.unwrap();
        }
        answers.len()
    }

    pub(crate) async fn deliver(&self, bundle: &str) -> Result<(), NotTaken> {
        let sender = Sender { id: "record-system-0217".to_owned(), municipality: helsingor() };
        take(&self.app, &sender, bundle.as_bytes(), None).await.map(|_| ())
    }
}

/// What an errand of a room would tell.
pub(crate) fn told(tx: &Tx<'_>, granted: &Granted<'_>, id: OutgoingId) -> Told {
    let telling = Telling {
        id,
        kind: OutgoingKind::AidRequest,
        at: tx.now(),
        citizen: &granted.loaded.subject.cpr,
        actor: &granted.loaded.actor.name.full(),
        basis: granted.basis(),
        says: "Rollator: bremsen virker ikke",
        focus: Some("DeviceUseStatement/rollator"),
        more: vec![serde_json::json!({ "resourceType": "DocumentReference", "status": "current" })],
    };
    Told { id, kind: OutgoingKind::AidRequest, resource: telling.bundle() }
}
