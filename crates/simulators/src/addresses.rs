//! The register that knows where people live, as JSON shaped after "PersonBaseDataExtended" of the municipal
//! platform: one question, `POST /adresse` with a `personnummer`. It refuses to say more than the real one: the dead
//! have a record and no address.

use std::io;
use std::sync::{Arc, Mutex};

use axum::extract::State;
use axum::routing::post;
use axum::{Extension, Json, Router};
use borgerportal_domain::{Cpr, PersonName};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::faults::{FaultBox, InForce};
use crate::{Fault, Running, lock};

/// Where the question goes.
pub const PATH: &str = "/adresse";

/// Somebody with an address.
#[derive(Clone, Debug)]
pub struct AddressRecord {
    pub cpr: Cpr,
    pub name: PersonName,
    pub dead: bool,
    /// Street and number; empty when there is none.
    pub street: String,
    pub postal_code: String,
    pub town: String,
}

/// The register's content. Clones share it.
#[derive(Clone, Debug, Default)]
pub struct Addresses(Arc<Mutex<Vec<AddressRecord>>>);

impl Addresses {
    #[must_use]
    pub fn new(people: Vec<AddressRecord>) -> Self {
        Self(Arc::new(Mutex::new(people)))
    }

    /// Changes what the register knows, from the next question on.
    pub fn change(&self, change: impl FnOnce(&mut Vec<AddressRecord>)) {
        change(&mut lock(&self.0));
    }
}

/// Serves the register until the handle says stop.
pub fn serve(listener: TcpListener, addresses: Addresses) -> io::Result<Running> {
    let router = Router::new().route(PATH, post(answer)).with_state(addresses);
    Running::start(listener, FaultBox::default().around(router, |_| ()))
}

#[derive(Deserialize)]
struct Question {
    personnummer: String,
}

async fn answer(
    State(addresses): State<Addresses>,
    Extension(faults): Extension<InForce>,
    Json(question): Json<Question>,
) -> Json<Value> {
    let people = lock(&addresses.0);
    let wrong = faults.has(&Fault::WrongPerson);
    let found = people.iter().find(|one| (one.cpr.expose() == question.personnummer) != wrong);
    Json(json!({ "personer": found.map(AddressRecord::on_the_wire).into_iter().collect::<Vec<_>>() }))
}

impl AddressRecord {
    fn on_the_wire(&self) -> Value {
        let place = (!self.dead && !self.street.is_empty()).then(|| {
            json!({
                "standardadresse": self.street,
                "postnummer": self.postal_code,
                "postdistrikt": self.town,
            })
        });
        json!({
            "persondata": {
                "personnummer": self.cpr.expose(),
                "gaeldendePersonnummer": self.cpr.expose(),
                "navn": {"personadresseringsnavn": self.name.full()},
                "status": {"status": if self.dead { 90 } else { 1 }},
            },
            "adresse": {"aktuelAdresse": place},
        })
    }
}
