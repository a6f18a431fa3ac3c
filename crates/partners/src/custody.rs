//! Who has custody of whom. The port is [`CustodyRegister`]; behind it today stands a JSON interface that the register
//! simulator speaks, shaped after the CPR service "PersonBaseDataExtended" of the municipal platform (same names, same
//! types 3–6, same dates and protection block), so that the client of the real register, once it is on Datafordeler,
//! is a new way to fetch the same record. It refuses to take parenthood for custody: only the custody block counts.

mod wire;

use async_trait::async_trait;
use borgerportal_domain::{Cpr, Date, PersonName, Timestamp};
use serde_json::json;
use url::Url;

use crate::{Outgoing, Partner, PartnerError};

/// A child, and since when the asked person has custody of it.
#[derive(Clone, PartialEq, Eq)]
pub struct CustodyOf {
    /// The number in force, also when the child was asked for under an older one.
    pub child: Cpr,
    pub name: PersonName,
    pub birth_on: Date,
    /// First day; `None` when the register does not know it.
    pub from: Option<Date>,
    /// The day it ends: that day it no longer holds. `None` while it holds without end.
    pub until: Option<Date>,
    /// Name and address protection of the child, today.
    pub protected: bool,
}

impl std::fmt::Debug for CustodyOf {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("CustodyOf(hidden)")
    }
}

/// The port. Whether a custody holds today, and for how old a child, is decided by `domain`.
#[async_trait]
pub trait CustodyRegister: Send + Sync {
    /// Every child the person has or had custody of, living, in the order of birth. `now` tells whether a protection
    /// is in force.
    async fn children_of(&self, person: &Cpr, now: Timestamp) -> Result<Vec<CustodyOf>, PartnerError>;
}

/// The client of the JSON interface.
#[derive(Debug)]
pub struct CustodyClient {
    outgoing: Outgoing,
    address: Url,
}

impl CustodyClient {
    /// `address` is where the question is sent, whole.
    #[must_use]
    pub fn new(outgoing: Outgoing, address: Url) -> Self {
        Self { outgoing, address }
    }
}

#[async_trait]
impl CustodyRegister for CustodyClient {
    async fn children_of(&self, person: &Cpr, now: Timestamp) -> Result<Vec<CustodyOf>, PartnerError> {
        // POST: a CPR number never stands in an address.
        let question = json!({ "personnummer": person.expose() });
        let request = self.outgoing.post(self.address.clone()).json(&question);
        let answer = self.outgoing.json(Partner::CustodyRegister, request).await?;
        wire::children(&answer, person, now)
            .map_err(|what| PartnerError::Nonsense { partner: Partner::CustodyRegister, what })
    }
}
