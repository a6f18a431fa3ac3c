//! Record systems of municipalities on their own wire: a FHIR server that takes transactions, one base address for
//! each municipality, behind OAuth 2 with a signed assertion. What is created on condition is there once, however
//! often it is sent. It answers as a caseworker's system does: with the Task, by the portal's own FHIR door. It
//! refuses callers it does not know, and transactions that say neither what was done nor by whom.

mod api;
mod books;

use std::io;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::post;
use borgerportal_identity::jws::{KeySet, SigningKey};
use tokio::net::TcpListener;
use url::Url;

use crate::faults::{FaultBox, InForce};
use crate::portal::Portal;
use crate::{Clock, Running};

pub use books::{Books, Received};

/// Where tokens are given.
pub const TOKEN: &str = "/token";
/// A transaction with its files, and room to spare.
const MOST_BYTES: usize = 64 << 20;
/// How often answers that wait are delivered.
const DELIVER_EVERY: Duration = Duration::from_millis(500);

/// Where a municipality's transactions go, and under which name its record system delivers.
#[must_use]
pub fn base(municipality: &str) -> String {
    format!("/fhir/{municipality}")
}

/// The portal's door for answers.
pub struct Door {
    /// The portal, with a slash at its end: https, or this machine.
    pub portal: Url,
    /// The record systems' key, registered at the portal for each of them as [`client_id`].
    pub key: SigningKey,
}

/// The name under which the record system of a municipality is registered at the portal.
#[must_use]
pub fn client_id(municipality: &str) -> String {
    format!("record-system-{municipality}")
}

/// What the simulator is made of.
pub struct RecordSystemConfig {
    /// The caller's name, and its keys.
    pub client: (String, KeySet),
    /// Our token endpoint as callers are told it; where it is served, when nothing is said.
    pub token_audience: Option<String>,
    pub clock: Clock,
    /// Where answers are delivered. Without it they wait in the books.
    pub door: Option<Door>,
}

/// Serves the record systems until the handle says stop.
pub fn serve(listener: TcpListener, config: RecordSystemConfig) -> io::Result<(Running, Books)> {
    let RecordSystemConfig { client: (client_id, keys), token_audience, clock, door } = config;
    let address = listener.local_addr()?;
    let audience = token_audience.unwrap_or_else(|| format!("http://{address}{TOKEN}"));
    let books = Books::new(clock.clone());
    if let Some(Door { portal, key }) = door {
        let portal = Portal::new(portal, key, clock.clone()).map_err(io::Error::other)?;
        tokio::spawn(deliver(portal, books.downgrade()));
    }
    let desk = api::Desk::new(client_id, keys, audience, clock, books.clone());
    let router = Router::new()
        .route(TOKEN, post(api::token))
        .route("/fhir/{municipality}", post(api::transaction))
        .layer(DefaultBodyLimit::max(MOST_BYTES))
        .with_state(Arc::new(desk));
    Ok((Running::start(listener, FaultBox::default().around(router, |_| ()))?, books))
}

/// Delivers answers for as long as anybody has the books. One that was not taken waits for the next round.
async fn deliver(portal: Portal, books: books::Weak) {
    let mut round = tokio::time::interval(DELIVER_EVERY);
    loop {
        round.tick().await;
        let Some(books) = books.upgrade() else { return };
        for (municipality, bundle) in books.take_answers() {
            if let Err(why) = hand_over(&portal, &municipality, &bundle).await {
                tracing::info!(why, "an answer of a record system waits");
                books.put_back((municipality, bundle));
                break;
            }
        }
    }
}

async fn hand_over(portal: &Portal, municipality: &str, bundle: &str) -> Result<(), &'static str> {
    let path = format!("fhir/{municipality}");
    let request = portal.post(&path, &client_id(municipality), &InForce::default()).await?;
    let request = request.header("content-type", "application/fhir+json").body(bundle.to_owned());
    let answer = request.send().await.map_err(|_| "no answer")?;
    if answer.status().is_success() { Ok(()) } else { Err("refused") }
}
