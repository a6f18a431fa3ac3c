//! Digital Post on its own wire: contacts, memos, receipts. It knows the people it is given, reads every MeMo
//! as strictly as a receiver may, keeps a box for each person and a message once by its UUID, and gives receipts
//! that are pulled. Beside the interface stand pages where a demo's people open their boxes and letters. It refuses
//! callers it does not know: by certificate when it is served with TLS, and by the name of the system always.

mod api;
mod pages;
mod post;

use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use borgerportal_domain::{Cpr, PersonName};
use borgerportal_identity::Secret;
use tokio::net::TcpListener;

use crate::faults::FaultBox;
use crate::mail::Mails;
use crate::tls::{MutualTls, TlsDoor};
use crate::{Clock, Running};

pub use post::{Post, Received};

/// Where the interface begins.
pub const BASE: &str = "/apis/v1/";

/// A MeMo with its files, and room to spare.
const MOST_BYTES: usize = 32 << 20;

/// Somebody who lives here.
#[derive(Clone, Debug)]
pub struct Resident {
    pub cpr: Cpr,
    pub name: PersonName,
    /// Gets Digital Post; the others are exempt.
    pub enrolled: bool,
}

/// What the simulator is made of.
#[derive(Clone)]
pub struct PostConfig {
    pub people: Vec<Resident>,
    /// What the calling system is named with in `Authorization: Basic`.
    pub system: Secret,
    pub clock: Clock,
    /// The print service's folder: its letters are shown beside the boxes.
    pub letters: Option<PathBuf>,
    /// Where boxes are kept over a restart. Without it they live as long as the simulator.
    pub keep: Option<PathBuf>,
    /// Links in messages begin with the first, and lead to the second: messages name https addresses, which a demo on
    /// one machine does not have.
    pub links: Option<(String, String)>,
    /// The mail server beside it: what came there is shown with the boxes.
    pub mails: Option<Mails>,
}

impl PostConfig {
    #[must_use]
    pub fn new(people: Vec<Resident>, system: Secret, clock: Clock) -> Self {
        Self { people, system, clock, letters: None, keep: None, links: None, mails: None }
    }
}

/// Serves Digital Post until the handle says stop.
pub fn serve(listener: TcpListener, config: PostConfig) -> io::Result<(Running, Post)> {
    let (router, post) = router(config)?;
    Ok((Running::start(listener, router)?, post))
}

/// The same for callers with a certificate of the right authority, and no others.
pub fn serve_mutual(
    listener: TcpListener,
    config: PostConfig,
    tls: &MutualTls,
) -> io::Result<(Running, Post)> {
    let (router, post) = router(config)?;
    let address = listener.local_addr()?;
    Ok((Running::start_on(address, TlsDoor::new(listener, tls)?, router), post))
}

fn router(config: PostConfig) -> io::Result<(Router, Post)> {
    let post_office = Post::open(config)?;
    let state = post_office.clone();
    let router = Router::new()
        .route("/apis/v1/contacts/", get(api::contacts))
        .route("/apis/v1/memos/", post(api::memo))
        .route("/apis/v1/receipts/", get(api::receipts))
        .route("/apis/v1/receipts/{id}", get(api::receipt).delete(api::take_receipt))
        .route("/", get(pages::everybody))
        .route("/mails", get(pages::mails))
        .route("/{person}", get(pages::person_box))
        .route("/{person}/{message}", get(pages::message))
        .route("/{person}/{message}/{file}", get(pages::file))
        .route("/{person}/letters/{letter}", get(pages::letter))
        .layer(DefaultBodyLimit::max(MOST_BYTES))
        .with_state(Arc::new(state));
    Ok((FaultBox::default().around(router, |_| ()), post_office))
}
