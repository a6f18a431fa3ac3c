//! An Access of people to their own journal, without the rule: for tests of what lies below it.

use crate::access::Access;
use crate::error::StoreError;
use crate::facts::{Asked, load};
use crate::tx::Tx;
use borgerportal_domain::access::{Basis, BasisKind, Privilege, Role};
use borgerportal_domain::access_log::{LogLine, LogObject, ObjectKind, Outcome};
use borgerportal_domain::ids::{JournalId, LogId, PersonId};

/// What `service::access` gives somebody who acts for themselves.
pub fn own<'t>(
    tx: &'t Tx<'_>,
    journal: JournalId,
    person: PersonId,
    (privilege, object): (Privilege, ObjectKind),
) -> Result<Access<'t>, StoreError> {
    let Asked::Found(loaded) = load(tx, journal, person)? else {
        return Err(StoreError::Keys("no such journal"));
    };
    let line = LogLine {
        id: LogId::from_uuid(tx.mint()),
        at: tx.now(),
        municipality: loaded.facts.municipality,
        journal,
        subject: Some(person),
        actor: person,
        role: Role::Citizen,
        basis: Some(BasisKind::Own),
        mandate: None,
        privilege,
        object: LogObject::page(object),
        outcome: Outcome::Done,
        asked: None,
    };
    Access::grant(tx, &loaded, Basis::Own, line)
}
