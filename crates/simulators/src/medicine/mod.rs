//! A medicine service beside the portal, as Fælles Medicinkort is one. It keeps no mandates: before every step it asks
//! the portal what the person who is logged in may do there, and for whom. It refuses to remember an answer, to write
//! where only reading was given, and to show anything when the portal does not answer. No medicine stands in it.

mod mandates;
mod pages;

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use axum::{Extension, Router};
use borgerportal_domain::{Cpr, PersonName};
use borgerportal_identity::jws::SigningKey;
use serde::Deserialize;
use tokio::net::TcpListener;
use url::Url;

use crate::faults::{FaultBox, InForce};
use crate::portal::Portal;
use crate::{Clock, Running};
use pages::Step;

/// To look at somebody's medicine card.
pub const READ: &str = "urn:dk:borgerportal:example:fmk:read";
/// To ask for a prescription, which includes looking.
pub const WRITE: &str = "urn:dk:borgerportal:example:fmk:write";

/// Somebody who has a medicine card, and can log in.
#[derive(Clone, Debug)]
pub struct Patient {
    pub cpr: Cpr,
    pub name: PersonName,
}

/// What the service is made of.
pub struct MedicineConfig {
    pub people: Vec<Patient>,
    /// As the portal registered it, with the public half of the key.
    pub client_id: String,
    pub key: SigningKey,
    /// The portal, with a slash at its end: https, or this machine.
    pub portal: Url,
    pub clock: Clock,
}

/// Serves the medicine service until the handle says stop.
pub fn serve(listener: TcpListener, config: MedicineConfig) -> io::Result<Running> {
    let MedicineConfig { people, client_id, key, portal, clock } = config;
    let portal = Portal::new(portal, key, clock).map_err(io::Error::other)?;
    let router = Router::new()
        .route("/", get(everybody))
        .route("/{me}", get(of_me))
        .route("/{me}/{other}", get(look))
        .route("/{me}/{other}/recept", post(prescribe))
        .with_state(Arc::new(Medicine { people, client_id, portal }));
    Running::start(listener, FaultBox::default().around(router, |_| ()))
}

struct Medicine {
    people: Vec<Patient>,
    client_id: String,
    portal: Portal,
}

/// The language of a page.
#[derive(Deserialize)]
struct Asked {
    lang: Option<String>,
}

impl Asked {
    fn english(&self) -> bool {
        self.lang.as_deref() == Some("en")
    }
}

/// What somebody may do with a medicine card, least first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum May {
    Nothing,
    Read,
    Write,
}

impl May {
    fn of(privileges: Option<&BTreeSet<String>>) -> Self {
        let has = |uri: &str| privileges.is_some_and(|known| known.contains(uri));
        match (has(WRITE), has(READ)) {
            (true, _) => Self::Write,
            (false, true) => Self::Read,
            (false, false) => Self::Nothing,
        }
    }
}

impl Medicine {
    fn person(&self, place: usize) -> Result<&Patient, StatusCode> {
        place.checked_sub(1).and_then(|place| self.people.get(place)).ok_or(StatusCode::NOT_FOUND)
    }

    /// What the portal says now, by the giver's number; nothing is remembered.
    async fn given_to(&self, me: &Patient, faults: &InForce) -> Option<BTreeMap<String, BTreeSet<String>>> {
        match mandates::privileges(&self.portal, &self.client_id, &me.cpr, faults).await {
            Ok(given) => Some(given),
            Err(why) => {
                tracing::info!(why, "the portal said nothing of use about a holder");
                None
            }
        }
    }

    /// One's own card, or another's by mandate. Without an answer nobody sees anything of anybody else.
    async fn may(&self, me: &Patient, other: &Patient, faults: &InForce) -> Option<May> {
        if me.cpr == other.cpr {
            return Some(May::Write);
        }
        let given = self.given_to(me, faults).await?;
        Some(May::of(given.get(other.cpr.expose())))
    }

    /// The page after a step that needs at least this.
    async fn step(
        &self,
        (me, other): (usize, usize),
        (needs, done): (May, Step),
        (english, faults): (bool, &InForce),
    ) -> Result<Response, StatusCode> {
        let (person, card) = (self.person(me)?, self.person(other)?);
        let (status, step) = match self.may(person, card, faults).await {
            None => (StatusCode::BAD_GATEWAY, Step::Away),
            Some(may) if may >= needs => (StatusCode::OK, done),
            Some(May::Nothing) => (StatusCode::FORBIDDEN, Step::NoMandate),
            Some(May::Read | May::Write) => (StatusCode::FORBIDDEN, Step::ReadOnly),
        };
        Ok(pages::card(status, step, ((me, person), (other, card)), english))
    }
}

async fn everybody(State(it): State<Arc<Medicine>>, Query(asked): Query<Asked>) -> Response {
    pages::everybody(&it.people, asked.english())
}

async fn of_me(
    State(it): State<Arc<Medicine>>,
    Path(me): Path<usize>,
    Query(asked): Query<Asked>,
    Extension(faults): Extension<InForce>,
) -> Result<Response, StatusCode> {
    let person = it.person(me)?;
    let Some(given) = it.given_to(person, &faults).await else {
        let own = ((me, person), (me, person));
        return Ok(pages::card(StatusCode::BAD_GATEWAY, Step::Away, own, asked.english()));
    };
    let others = (1..).zip(&it.people).filter(|(place, _)| *place != me);
    let cards = others.map(|(place, other)| (place, other, May::of(given.get(other.cpr.expose()))));
    Ok(pages::me((me, person), cards.filter(|(.., may)| *may > May::Nothing), asked.english()))
}

async fn look(
    State(it): State<Arc<Medicine>>,
    Path(whom): Path<(usize, usize)>,
    Query(asked): Query<Asked>,
    Extension(faults): Extension<InForce>,
) -> Result<Response, StatusCode> {
    it.step(whom, (May::Read, Step::Looked), (asked.english(), &faults)).await
}

async fn prescribe(
    State(it): State<Arc<Medicine>>,
    Path(whom): Path<(usize, usize)>,
    Query(asked): Query<Asked>,
    Extension(faults): Extension<InForce>,
) -> Result<Response, StatusCode> {
    it.step(whom, (May::Write, Step::Asked), (asked.english(), &faults)).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writing_includes_reading_and_nothing_else_includes_anything() {
        let of = |uris: &[&str]| {
            May::of(Some(&uris.iter().map(|&uri| uri.to_owned()).collect::<BTreeSet<String>>()))
        };
        for (uris, may) in [
            (&[] as &[&str], May::Nothing),
            (&["urn:dk:borgerportal:example:fmk:reader"], May::Nothing),
            (&[READ], May::Read),
            (&[WRITE], May::Write),
            (&[READ, WRITE], May::Write),
        ] {
            assert_eq!(of(uris), may, "{uris:?}");
        }
        assert_eq!(May::of(None), May::Nothing);
    }
}
