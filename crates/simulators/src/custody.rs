//! The register that knows who has custody of whom, as JSON shaped after "PersonBaseDataExtended" of the municipal
//! platform: one question, `POST /foraeldremyndighed` with a `personnummer`, answered with the records of the
//! children that person is mother, father or holder of custody for. It refuses to decide: like the real register it
//! also names children the person has no custody of.

use std::io;
use std::sync::{Arc, Mutex};

use axum::extract::State;
use axum::routing::post;
use axum::{Extension, Json, Router};
use borgerportal_domain::{Cpr, Date, PersonName};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::faults::{FaultBox, InForce};
use crate::{Fault, Running, lock};

/// Where the question goes.
pub const PATH: &str = "/foraeldremyndighed";

/// A child in the register.
#[derive(Clone, Debug)]
pub struct ChildRecord {
    pub cpr: Cpr,
    pub name: PersonName,
    pub birth_on: Date,
    pub dead: bool,
    /// Name and address protection.
    pub protected: bool,
    pub mother: Option<Cpr>,
    pub father: Option<Cpr>,
    pub custody: Vec<Custody>,
}

/// One line of the custody block.
#[derive(Clone, Debug)]
pub struct Custody {
    pub holder: Holder,
    pub from: Option<Date>,
    pub until: Option<Date>,
}

/// Mother and father are found in their own relation; others are named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Holder {
    Mother,
    Father,
    Other(Cpr),
}

/// The register's content. Clones share it, so that custody can change while a session runs.
#[derive(Clone, Debug, Default)]
pub struct Register(Arc<Mutex<Vec<ChildRecord>>>);

impl Register {
    #[must_use]
    pub fn new(children: Vec<ChildRecord>) -> Self {
        Self(Arc::new(Mutex::new(children)))
    }

    /// Changes what the register knows, from the next question on.
    pub fn change(&self, change: impl FnOnce(&mut Vec<ChildRecord>)) {
        change(&mut lock(&self.0));
    }
}

/// Serves the register until the handle says stop.
pub fn serve(listener: TcpListener, register: Register) -> io::Result<Running> {
    let router = Router::new().route(PATH, post(answer)).with_state(register);
    Running::start(listener, FaultBox::default().around(router, |_| ()))
}

#[derive(Deserialize)]
struct Question {
    personnummer: String,
}

async fn answer(
    State(register): State<Register>,
    Extension(faults): Extension<InForce>,
    Json(question): Json<Question>,
) -> Json<Value> {
    let everybody = faults.has(&Fault::WrongPerson);
    let children = lock(&register.0);
    let asked = children.iter().filter(|child| everybody || child.concerns(&question.personnummer));
    let records: Vec<Value> = asked.map(ChildRecord::on_the_wire).collect();
    Json(json!({ "personer": records }))
}

impl ChildRecord {
    fn concerns(&self, cpr: &str) -> bool {
        let named = |person: &Cpr| person.expose() == cpr;
        let other = |line: &Custody| matches!(&line.holder, Holder::Other(person) if named(person));
        self.mother.iter().chain(&self.father).any(named) || self.custody.iter().any(other)
    }

    fn on_the_wire(&self) -> Value {
        let relation =
            |person: &Option<Cpr>| person.as_ref().map(|cpr| json!({"personnummer": cpr.expose()}));
        let mut others = 5_u8..;
        let custody: Vec<Value> = self.custody.iter().map(|line| line.on_the_wire(&mut others)).collect();
        json!({
            "persondata": {
                "personnummer": self.cpr.expose(),
                "gaeldendePersonnummer": self.cpr.expose(),
                "navn": {
                    "personadresseringsnavn": self.name.full(),
                    "fornavn": self.name.given,
                    "efternavn": self.name.family,
                },
                "foedselsdato": {"dato": self.birth_on.to_string()},
                "status": {"status": if self.dead { 90 } else { 1 }},
                "adressebeskyttelse": {"beskyttet": self.protected},
            },
            "relationer": {
                "mor": relation(&self.mother),
                "far": relation(&self.father),
                "foraeldremyndighed": custody,
            },
        })
    }
}

impl Custody {
    fn on_the_wire(&self, others: &mut impl Iterator<Item = u8>) -> Value {
        let (kind, named) = match &self.holder {
            Holder::Mother => (Some(3), None),
            Holder::Father => (Some(4), None),
            Holder::Other(cpr) => (others.next(), Some(cpr.expose())),
        };
        json!({
            "foraeldremyndighedtype": kind,
            "foraeldremyndighedStartdato": self.from.map(|day| json!({"dato": day.to_string()})),
            "foraeldremyndighedSletdato": self.until.map(|day| day.to_string()),
            "relationPersonnummer": named,
        })
    }
}
