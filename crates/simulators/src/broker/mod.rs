//! A MitID broker: a real OpenID provider (authorization code with PKCE, ES256) whose people are the ones it is given,
//! chosen from a list instead of with an app. Claims are those a Danish broker sends. It refuses clients and return
//! addresses it does not know, codes used twice, and requests without PKCE, state or nonce, as the real one does.

mod authorize;
mod documents;
mod nemlogin;
mod pages;
mod state;
mod token;

use std::io;

use axum::Router;
use axum::routing::{get, post};
use borgerportal_domain::access::Level;
use borgerportal_domain::{Cpr, Date, PersonName};
use borgerportal_identity::Secret;
use borgerportal_identity::jws::KeySet;
use tokio::net::TcpListener;

use crate::faults::FaultBox;
use crate::{Clock, Fault, Orders, Running};
pub use nemlogin::{Mandated, NemLogin};
use state::Provider;

/// Somebody who can log in.
#[derive(Clone, Debug)]
pub struct TestPerson {
    pub cpr: Cpr,
    pub name: PersonName,
    pub birth_on: Date,
    /// The person's MitID UUID; also what `login_hint` names.
    pub uuid: String,
    pub level: Level,
    /// A sentence about who they are, for whoever tries the demo.
    pub about_da: String,
    pub about_en: String,
}

/// A service that may send people here.
#[derive(Clone, Debug)]
pub struct Client {
    pub id: String,
    /// What people are told they log in to.
    pub name: String,
    pub redirect_uris: Vec<String>,
    pub post_logout_redirect_uris: Vec<String>,
    pub proof: ClientProof,
}

/// How the client proves itself at the token endpoint.
#[derive(Clone, Debug)]
pub enum ClientProof {
    Secret(Secret),
    Keys(KeySet),
}

/// What the simulator is made of.
#[derive(Clone)]
pub struct BrokerConfig {
    pub people: Vec<TestPerson>,
    pub clients: Vec<Client>,
    pub clock: Clock,
    /// As browsers and the portal reach it; `None` is the address it listens on.
    pub issuer: Option<String>,
    /// `idp_environment` of every token.
    pub environment: String,
    /// What goes with the log-in of those who ask for the scope `nemlogin`.
    pub nemlogin: NemLogin,
    /// For how long a person once logged in is not asked again. `None`: asks every time, as MitID does.
    pub session_minutes: Option<i64>,
    /// A `login_hint` that names a person logs them in without a page: for tests that are not about the page.
    pub hint_logs_in: bool,
}

impl BrokerConfig {
    #[must_use]
    pub fn new(people: Vec<TestPerson>, clients: Vec<Client>, clock: Clock) -> Self {
        let environment = "test".to_owned();
        Self {
            people,
            clients,
            clock,
            issuer: None,
            environment,
            nemlogin: NemLogin::default(),
            session_minutes: None,
            hint_logs_in: false,
        }
    }
}

/// Serves the broker until the handle says stop.
pub fn serve(listener: TcpListener, config: BrokerConfig) -> io::Result<Running> {
    let issuer = match &config.issuer {
        Some(issuer) => issuer.clone(),
        None => format!("http://{}", listener.local_addr()?),
    };
    let provider = Provider::new(issuer, config).map_err(io::Error::other)?;
    let router = Router::new()
        .route("/.well-known/openid-configuration", get(documents::discovery))
        .route("/jwks", get(documents::jwks))
        .route("/authorize", get(authorize::asked).post(authorize::chosen))
        .route("/token", post(token::trade))
        .route("/userinfo", get(documents::userinfo))
        .route("/end_session", get(documents::end_session))
        .with_state(provider.clone());
    let rotate = move |orders: &Orders| {
        if orders.faults.contains(&Fault::RotateKeys) && provider.rotate_keys().is_err() {
            tracing::error!("no randomness for a new key");
        }
    };
    Running::start(listener, FaultBox::default().around(router, rotate))
}
