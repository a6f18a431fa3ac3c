//! A portal with a way out: a store, a simulated Digital Post and register of addresses, a folder for letters, a
//! clock that is moved.

use crate::faults_of::order;
use borgerportal_domain::ids::RequestId;
use borgerportal_domain::notices::{Cause, Channels, Notice, NoticeKind, Says, State};
use borgerportal_domain::person::{PersonFacts, PersonName};
use borgerportal_domain::time::Date;
use borgerportal_domain::{Cpr, PersonId};
use borgerportal_identity::Secret;
use borgerportal_identity::system_clients::AccessTokens;
use borgerportal_partners::{
    AddressClient, BrokerClient, ClientAuthentication, CustodyClient, DigitalPostClient, Files, HttpConfig,
    NoScanner, Outgoing, PrintSpool,
};
use borgerportal_service::notices::{Pace, Post, Sender, keep_receipts, send_due};
use borgerportal_service::sessions::Limits;
use borgerportal_service::{App, Clock, Municipalities, Parts, Retention, outbox};
use borgerportal_simulators::addresses::{self, AddressRecord, Addresses};
use borgerportal_simulators::digital_post::{self, PostConfig, Resident};
use borgerportal_simulators::letters::{Letter, letters};
use borgerportal_simulators::{Orders, Running};
use borgerportal_store::people::{self, Person};
use borgerportal_store::testing::{NOW, TestStore};
use borgerportal_store::{Store, notices};
use std::path::PathBuf;
use std::sync::Arc;
use tokio::net::TcpListener;
use url::Url;

pub(crate) const SYSTEM: &str = "c3lzdGVtOmVqZXI=";

pub(crate) struct World {
    pub(crate) store: TestStore,
    pub(crate) app: App,
    pub(crate) post: Post,
    pub(crate) office: digital_post::Post,
    pub(crate) addresses: Addresses,
    pub(crate) folder: PathBuf,
    digital: Running,
    register: Running,
}

/// Day + 60: numbers that nobody can have.
pub(crate) fn cpr(number: u8) -> Cpr {
    Cpr::parse(&format!("7205440{number:03}")).unwrap()
}

pub(crate) fn person_id(number: u8) -> PersonId {
    PersonId::from_bytes([number; 16])
}

fn name(number: u8) -> PersonName {
    PersonName { given: format!("Prøve{number}"), family: "Holm".to_owned() }
}

pub(crate) fn resident(number: u8) -> Resident {
    // Number 2 is exempt from Digital Post.
    Resident { cpr: cpr(number), name: name(number), enrolled: number != 2 }
}

pub(crate) fn person(number: u8) -> Person {
    let facts = PersonFacts {
        id: person_id(number),
        birth_on: Date::constant(1944, 5, 12),
        deceased_on: None,
        protected: false,
    };
    Person { facts, name: name(number), cpr: cpr(number) }
}

fn address(number: u8) -> AddressRecord {
    AddressRecord {
        cpr: cpr(number),
        name: name(number),
        dead: false,
        street: "Strandvejen 5".to_owned(),
        postal_code: "3000".to_owned(),
        town: "Helsingør".to_owned(),
    }
}

pub(crate) fn notice(recipient: u8, kind: NoticeKind, channels: Channels) -> Notice {
    Notice {
        recipient: person_id(recipient),
        kind,
        cause: Cause::request(RequestId::from_bytes([recipient; 16])),
        channels,
        says: Says { other: Some("Bent Holm".to_owned()), ..Says::default() },
    }
}

fn app(store: Store, clock: Clock, outgoing: &Outgoing) -> App {
    let party = serde_json::json!({
        "issuer": "https://broker.example", "client_id": "us",
        "redirect_uri": "https://portal.example/log-paa/svar",
    });
    let party = serde_json::from_value(party).unwrap();
    let proof = ClientAuthentication::Secret(Secret::new("secret".to_owned()));
    let nowhere = Url::parse("https://register.example/").unwrap();
    App::new(Parts {
        store,
        files: Files::in_memory(),
        clock,
        municipalities: Arc::new(Municipalities::new([])),
        broker: Arc::new(BrokerClient::new(outgoing.clone(), party, proof)),
        custody: Arc::new(CustodyClient::new(outgoing.clone(), nowhere)),
        scanner: Arc::new(NoScanner),
        tokens: AccessTokens::new(&[[7; 32]]).unwrap(),
        token_audience: "https://portal.example/token".to_owned(),
        limits: Limits::default(),
        retention: Retention::default(),
    })
}

impl World {
    /// Partners may take their time: what is slow here is the machine.
    pub(crate) async fn on(store: TestStore) -> Self {
        Self::patient(store, 20_000).await
    }

    /// Partners must answer within so many milliseconds.
    pub(crate) async fn patient(store: TestStore, answer_ms: u64) -> Self {
        let clock = Clock::system();
        clock.set(NOW);
        let http = HttpConfig { answer_ms, ..HttpConfig::for_this_machine() };
        let outgoing = Outgoing::new(&http).unwrap();
        let listen = || async { TcpListener::bind("127.0.0.1:0").await.unwrap() };
        let clock_there = clock.clone();
        let config = PostConfig::new(
            (1..=9).map(resident).collect(),
            Secret::new(SYSTEM.to_owned()),
            Arc::new(move || clock_there.now()),
        );
        let (digital, office) = digital_post::serve(listen().await, config).unwrap();
        let addresses = Addresses::new((1..=9).map(address).collect());
        let register = addresses::serve(listen().await, addresses.clone()).unwrap();
        let folder = store.directory().join("letters");
        let base = Url::parse(&digital.base()).unwrap().join(digital_post::BASE).unwrap();
        let asked = Url::parse(&register.base()).unwrap().join(addresses::PATH).unwrap();
        let post = Post {
            digital: Arc::new(DigitalPostClient::new(outgoing.clone(), base, Secret::new(SYSTEM.to_owned()))),
            addresses: Arc::new(AddressClient::new(outgoing.clone(), asked)),
            print: PrintSpool::in_folder(&folder).unwrap(),
            sender: Sender {
                cvr: "90000001".to_owned(),
                name: "Eksempel Kommune".to_owned(),
                address: vec!["Rådhuspladsen 1".to_owned(), "3000 Helsingør".to_owned()],
                phone: "70 20 00 00".to_owned(),
            },
            links: Url::parse("https://portal.example").unwrap(),
            pace: Pace::default(),
        };
        let app = app(store.store(), clock, &outgoing);
        app.write(|tx| Ok((1..=9).try_for_each(|number| people::save(tx, &person(number)))?)).await.unwrap();
        Self { store, app, post, office, addresses, folder, digital, register }
    }

    /// Another process on the same data, with the same clock.
    pub(crate) fn another_node(&self, node: &str) -> App {
        let outgoing = Outgoing::new(&HttpConfig::for_this_machine()).unwrap();
        app(self.store.another_node(node), self.app.clock.clone(), &outgoing)
    }

    pub(crate) async fn put(&self, notice: Notice) {
        self.app.write(move |tx| outbox::put(tx, &notice)).await.unwrap();
    }

    pub(crate) async fn send(&self) -> u64 {
        send_due(&self.app, &self.post).await.unwrap()
    }

    pub(crate) async fn receipts(&self) -> u64 {
        keep_receipts(&self.app, &self.post).await.unwrap()
    }

    pub(crate) fn later(&self, minutes: i64) {
        self.app.clock.move_by(minutes * 60_000);
    }

    pub(crate) async fn order(&self, orders: Orders) {
        order(&self.digital.base(), &orders).await;
    }

    pub(crate) async fn order_register(&self, orders: Orders) {
        order(&self.register.base(), &orders).await;
    }

    /// How many messages are in this state. The others are said where a test stops.
    pub(crate) async fn count(&self, state: State) -> usize {
        let all = self.app.read(|tx| {
            let lists = State::ALL.iter().map(|state| notices::list(tx, *state, 1_000));
            Ok(lists.collect::<Result<Vec<_>, _>>()?.concat())
        });
        let all = all.await.unwrap();
        all.iter().filter(|one| one.state == state).count()
    }

    /// The codes noted for the one message in this state.
    pub(crate) async fn story(&self, state: State) -> Vec<String> {
        let steps = self.app.read(move |tx| {
            let listed = notices::list(tx, state, 2)?;
            let [one] = listed.as_slice() else { return Ok(Vec::new()) };
            Ok(notices::steps(tx, one.id)?)
        });
        steps.await.unwrap().into_iter().map(|step| format!("{} {}", step.event, step.why)).collect()
    }

    pub(crate) fn letters(&self) -> Vec<Letter> {
        letters(Some(&self.folder))
    }
}
