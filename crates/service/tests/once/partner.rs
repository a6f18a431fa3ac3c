//! The record system of these tests, and how it misbehaves.

use crate::common::{helsingor, order};
use borgerportal_identity::jws::{KeySet, SigningKey};
use borgerportal_partners::{HttpConfig, Outgoing, RecordSystemAddress, RecordSystemClient};
use borgerportal_service::Clock;
use borgerportal_service::outgoing::Way;
use borgerportal_simulators::record_system::{self, Books, RecordSystemConfig};
use borgerportal_simulators::{Fault, Orders, Running};
use ring::rand::SystemRandom;
use std::sync::Arc;
use tokio::net::TcpListener;
use url::Url;

const CLIENT: &str = "borgerportal";
/// A published key: the process that is killed has the same as the one that kills it.
const KEY: &str = include_str!("../../../identity/tests/keys/rfc7515-a2-published-rsa.pem");
/// Nobody listens there.
const NOWHERE: &str = "http://127.0.0.1:1";

/// What is wrong with the record system, one thing after the other.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Trouble {
    None,
    Slow,
    SlowerThanWeWait,
    TakesAndFails,
    Away,
    BreaksOff,
    Nonsense,
    Gone,
}

pub(crate) const TROUBLES: [Trouble; 8] = [
    Trouble::TakesAndFails,
    Trouble::Slow,
    Trouble::Gone,
    Trouble::Nonsense,
    Trouble::None,
    Trouble::BreaksOff,
    Trouble::Away,
    Trouble::SlowerThanWeWait,
];

impl Trouble {
    fn orders(self) -> Orders {
        let fault = match self {
            Self::None | Self::Gone => return Orders::default(),
            Self::Slow => Fault::SlowMs(20),
            Self::SlowerThanWeWait => Fault::SlowMs(1_000),
            Self::TakesAndFails => Fault::AcceptThenFail,
            Self::Away => Fault::Status(503),
            Self::BreaksOff => Fault::CutOff,
            Self::Nonsense => Fault::Nonsense,
        };
        Orders::of(&[fault]).at("/fhir")
    }
}

/// A record system that runs in this process.
pub(crate) struct Partner {
    pub(crate) books: Books,
    running: Running,
}

impl Partner {
    pub(crate) async fn start(clock: &Clock) -> Self {
        let keys = serde_json::json!({ "keys": [key().public_jwk()] }).to_string();
        let clock = clock.clone();
        let config = RecordSystemConfig {
            client: (CLIENT.to_owned(), KeySet::parse(keys.as_bytes()).unwrap()),
            token_audience: None,
            clock: Arc::new(move || clock.now()),
            door: None,
        };
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (running, books) = record_system::serve(listener, config).unwrap();
        Self { books, running }
    }

    /// From now on it misbehaves like this. Returns where it is to be found.
    pub(crate) async fn has(&self, trouble: Trouble) -> String {
        order(&self.running.base(), &trouble.orders()).await;
        if matches!(trouble, Trouble::Gone) { NOWHERE.to_owned() } else { self.running.base() }
    }
}

fn key() -> SigningKey {
    SigningKey::from_pem("outgoing-1", KEY, &SystemRandom::new()).unwrap()
}

/// The way to the record system at an address, for somebody who waits so many milliseconds for an answer.
pub(crate) fn way(base: &str, answer_ms: u64) -> Way {
    let at = |path: &str| Url::parse(&format!("{base}{path}")).unwrap();
    let address = RecordSystemAddress {
        base: at(&record_system::base("0217")),
        token: at(record_system::TOKEN),
        client_id: CLIENT.to_owned(),
        scope: "system/*.c".to_owned(),
    };
    let http = HttpConfig { answer_ms, ..HttpConfig::for_this_machine() };
    let system = RecordSystemClient::new(Outgoing::new(&http).unwrap(), address, key());
    Way { municipality: helsingor(), system: Arc::new(system) }
}
