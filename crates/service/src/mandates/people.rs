//! Finding the other person without telling. A number leads to somebody the registers know, or to somebody who
//! is known by that number alone until they log in; whoever does not answer to the name that was typed is nobody.
//! The same statements run in the same order whoever it is, and nobody is somebody whom no message reaches.

use super::register;
use crate::people::UNKNOWN_BIRTH;
use crate::problem::Problem;
use borgerportal_domain::ids::PersonId;
use borgerportal_domain::mandates::Named;
use borgerportal_domain::person::{PersonFacts, PersonName};
use borgerportal_domain::time::{Date, copenhagen_date};
use borgerportal_store::people::{self as store, Person};
use borgerportal_store::tx::Tx;

/// What a look found.
pub(super) struct Found {
    /// Whom the request or the mandate is for: the person, or an id that nobody has.
    pub(super) id: PersonId,
    /// Their facts; for nobody those of an adult who lives.
    pub(super) facts: PersonFacts,
    /// Whether it is somebody.
    pub(super) is_somebody: bool,
}

impl Found {
    fn nobody(id: PersonId) -> Self {
        let facts =
            PersonFacts { id, birth_on: Date::constant(1900, 1, 1), deceased_on: None, protected: false };
        Self { id, facts, is_somebody: false }
    }
}

/// Looks for whom somebody named. Under `least_age` counts as nobody.
pub(super) fn find(tx: &Tx<'_>, named: &Named, least_age: i32) -> Result<Found, Problem> {
    let nobody = PersonId::from_uuid(tx.mint());
    let Some(cpr) = &named.cpr else { return Ok(Found::nobody(nobody)) };
    let id = store::by_cpr(tx, cpr)?.unwrap_or_else(|| PersonId::from_uuid(tx.mint()));
    let person = store::person(tx, id)?.unwrap_or_else(|| Person {
        facts: PersonFacts { id, birth_on: UNKNOWN_BIRTH, deceased_on: None, protected: false },
        name: PersonName::default(),
        cpr: cpr.clone(),
    });
    // Written again where it is known, so that a stranger's number takes no more work than anybody's.
    store::save(tx, &person)?;
    let by_number_only = person.name == PersonName::default();
    let fits = by_number_only
        || (named.fits(&person.name) && person.facts.age_on(copenhagen_date(tx.now())) >= least_age);
    if fits && !person.facts.is_dead() {
        Ok(Found { id, facts: person.facts, is_somebody: true })
    } else {
        Ok(Found::nobody(nobody))
    }
}

/// Somebody known by number alone has shown who they are. What was given to that number under another name was
/// meant for somebody else, and ends.
pub(crate) fn met(tx: &Tx<'_>, person: PersonId, name: &PersonName) -> Result<(), Problem> {
    register::end_misaddressed(tx, person, name)
}
