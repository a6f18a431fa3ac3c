//! A broker with two people and one client, and a browser that keeps cookies and follows nothing by itself.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};

use borgerportal_domain::access::Level;
use borgerportal_domain::{Cpr, PersonName, Timestamp};
use borgerportal_identity::Secret;
use borgerportal_identity::oidc::{Ask, Callback, Entropy, Pending, ProvenLogin, Purpose, RelyingParty};
use borgerportal_partners::broker::{Broker as _, BrokerClient, ClientAuthentication, LoginError};
use borgerportal_partners::{HttpConfig, Outgoing};
use borgerportal_simulators::broker::{BrokerConfig, Client, ClientProof, TestPerson};
use borgerportal_simulators::{Clock, Orders, Running, broker};
use reqwest::{Response, redirect};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use url::Url;

pub(crate) const BACK: &str = "https://us.example/log-paa/retur";
pub(crate) const AFTER: &str = "https://us.example/logget-af";
pub(crate) const SECRET: &str = "a secret with : and %";

/// A clock that the test moves.
#[derive(Clone)]
pub(crate) struct Hands(Arc<AtomicI64>);

impl Hands {
    pub(crate) fn new() -> Self {
        Self(Arc::new(AtomicI64::new(1_795_262_400)))
    }

    pub(crate) fn now(&self) -> Timestamp {
        Timestamp::from_seconds(self.0.load(Ordering::SeqCst))
    }

    pub(crate) fn pass(&self, seconds: i64) {
        self.0.fetch_add(seconds, Ordering::SeqCst);
    }

    pub(crate) fn clock(&self) -> Clock {
        let hands = self.clone();
        Arc::new(move || hands.now())
    }
}

pub(crate) fn person(uuid: &str, given: &str, family: &str, cpr: &str, birth: &str) -> TestPerson {
    TestPerson {
        cpr: Cpr::parse(cpr).unwrap(),
        name: PersonName { given: given.to_owned(), family: family.to_owned() },
        birth_on: birth.parse().unwrap(),
        uuid: uuid.to_owned(),
        level: Level::Substantial,
        about_da: format!("{given} er en <prøve>."),
        about_en: format!("{given} is a <sample>."),
    }
}

pub(crate) fn client(proof: ClientProof) -> Client {
    Client {
        id: "us & co".to_owned(),
        name: "Borgerportalen".to_owned(),
        redirect_uris: vec![BACK.to_owned()],
        post_logout_redirect_uris: vec![AFTER.to_owned()],
        proof,
    }
}

/// A browser on nobody's side.
pub(crate) struct Browser {
    client: reqwest::Client,
    cookies: Mutex<BTreeMap<String, String>>,
}

impl Browser {
    pub(crate) fn new() -> Self {
        let client =
            reqwest::Client::builder().redirect(redirect::Policy::none()).no_proxy().tls_certs_only([]);
        Self { client: client.build().unwrap(), cookies: Mutex::default() }
    }

    pub(crate) async fn get(&self, url: &str) -> Response {
        self.send(self.client.get(url)).await
    }

    pub(crate) async fn post(&self, url: &str, form: &[(&str, &str)]) -> Response {
        self.send(self.client.post(url).form(form)).await
    }

    async fn send(&self, request: reqwest::RequestBuilder) -> Response {
        let cookies: Vec<String> =
            self.cookies.lock().unwrap().iter().map(|(name, value)| format!("{name}={value}")).collect();
        let answer = request.header("cookie", cookies.join("; ")).send().await.unwrap();
        for cookie in answer.headers().get_all("set-cookie") {
            let pair = cookie.to_str().unwrap().split(';').next().unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            self.cookies.lock().unwrap().insert(name.to_owned(), value.to_owned());
        }
        answer
    }
}

pub(crate) fn location(answer: &Response) -> Option<Url> {
    answer.headers().get("location").map(|value| Url::parse(value.to_str().unwrap()).unwrap())
}

/// Broker, portal side and browser.
pub(crate) struct World {
    pub(crate) hands: Hands,
    pub(crate) running: Running,
    pub(crate) us: BrokerClient,
    pub(crate) browser: Browser,
}

pub(crate) struct Setting {
    pub(crate) proof: ClientProof,
    pub(crate) authentication: ClientAuthentication,
    pub(crate) http: HttpConfig,
    pub(crate) broker: fn(&mut BrokerConfig),
    pub(crate) party: fn(&mut Value),
}

impl Default for Setting {
    fn default() -> Self {
        let secret = || Secret::new(SECRET.to_owned());
        Self {
            proof: ClientProof::Secret(secret()),
            authentication: ClientAuthentication::Secret(secret()),
            http: HttpConfig::for_this_machine(),
            broker: |_| (),
            party: |_| (),
        }
    }
}

impl World {
    pub(crate) async fn new() -> Self {
        Self::of(Setting::default()).await
    }

    pub(crate) async fn of(setting: Setting) -> Self {
        let hands = Hands::new();
        let people = vec![
            person("u-inger", "Inger Marie", "Holm", "7205500004", "1950-05-12"),
            person("u-mette", "Mette", "Holm", "6308780007", "1978-08-03"),
        ];
        let mut config = BrokerConfig::new(people, vec![client(setting.proof)], hands.clock());
        config.environment = "production".to_owned();
        (setting.broker)(&mut config);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let running = broker::serve(listener, config).unwrap();
        let mut party = json!({"issuer": running.base(), "client_id": "us & co", "redirect_uri": BACK,
            "post_logout_redirect_uri": AFTER});
        (setting.party)(&mut party);
        let party: RelyingParty = serde_json::from_value(party).unwrap();
        let us = BrokerClient::new(Outgoing::new(&setting.http).unwrap(), party, setting.authentication);
        Self { hands, running, us, browser: Browser::new() }
    }

    /// From now on the broker misbehaves like this.
    pub(crate) async fn order(&self, orders: &Orders) {
        let url = format!("{}/_faults", self.running.base());
        let answer = reqwest::Client::builder().no_proxy().tls_certs_only([]).build().unwrap();
        let answer = answer.post(url).json(orders).send().await.unwrap();
        assert_eq!(answer.status(), 204);
    }

    pub(crate) async fn begin(&self, purpose: Purpose) -> Result<(Url, Pending), LoginError> {
        let entropy = Entropy { state: [1; 32], nonce: [2; 32], verifier: [3; 32] };
        let ask = Ask { purpose, at: self.hands.now(), language: "da", login_hint: None };
        self.us.begin(&entropy, &ask).await
    }

    /// The person chooses who they are; where the browser is sent then.
    pub(crate) async fn choose(&self, url: &Url, uuid: &str) -> Url {
        location(&self.browser.post(url.as_str(), &[("person", uuid)]).await).unwrap()
    }

    pub(crate) async fn finish(&self, back: &Url, pending: &Pending) -> Result<ProvenLogin, LoginError> {
        let callback = Callback::from_query(back.query().unwrap()).unwrap();
        self.us.finish(&callback, pending, self.hands.now()).await
    }

    /// The whole way, as Inger.
    pub(crate) async fn log_in(&self, purpose: Purpose) -> Result<ProvenLogin, LoginError> {
        let (url, pending) = self.begin(purpose).await?;
        let back = self.choose(&url, "u-inger").await;
        self.finish(&back, &pending).await
    }
}
