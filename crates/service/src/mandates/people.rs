//! Finding the other person without telling. A number leads to somebody the registers know, or to somebody who
//! is known by that number alone until they log in; whoever does not answer to the name that was typed is nobody.
//! The same statements run in the same order whoever it is, and nobody is somebody whom no message reaches.

use super::{number, tell};
use crate::people::UNKNOWN_BIRTH;
use crate::problem::Problem;
use borgerportal_domain::ids::PersonId;
use borgerportal_domain::mandates::{Mandate, Named, Party, SignRefusal};
use borgerportal_domain::notices::{Cause, Channels, NoticeKind};
use borgerportal_domain::person::{PersonFacts, PersonName};
use borgerportal_domain::time::{Date, copenhagen_date};
use borgerportal_store::mandates::{self, Kept};
use borgerportal_store::notices;
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
    /// Who may be told by name: the person, or while only a number is known an id that nobody has.
    pub(super) told: PersonId,
}

impl Found {
    fn nobody(id: PersonId) -> Self {
        let facts =
            PersonFacts { id, birth_on: Date::constant(1900, 1, 1), deceased_on: None, protected: false };
        Self { id, facts, is_somebody: false, told: id }
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
        let told = if by_number_only { nobody } else { id };
        Ok(Found { id, facts: person.facts, is_somebody: true, told })
    } else {
        Ok(Found::nobody(nobody))
    }
}

/// Somebody who was known by number alone has a name now. What was given to that number under this name reaches them.
/// Under another name it was meant for somebody else and is nobody's from now on, as if the number led to nobody: its
/// giver sees no difference, for a difference would tell whose number it is.
pub(crate) fn met(tx: &Tx<'_>, person: PersonId, name: &PersonName) -> Result<(), Problem> {
    settle(tx, (person, name), &mandates::of(tx, person, Party::Holder)?)
}

/// Gives mandates that were given to a number to this person, whose number it is, or to nobody.
pub(super) fn settle(
    tx: &Tx<'_>,
    (person, name): (PersonId, &PersonName),
    held: &[Kept],
) -> Result<(), Problem> {
    let nobody = PersonId::from_uuid(tx.mint());
    for kept in held {
        let meant = kept.named.as_ref().is_none_or(|typed| answers_to(name, typed));
        let holder = if meant { person } else { nobody };
        if holder != kept.mandate.terms().holder {
            mandates::readdress(tx, &kept.mandate, holder)?;
        }
        if meant && kept.named.is_some() && !kept.mandate.standing(tx.now()).is_over() {
            tell_holder(tx, person, kept)?;
        }
    }
    Ok(())
}

fn answers_to(name: &PersonName, typed: &str) -> bool {
    Named { name: typed.to_owned(), cpr: None, address: None }.fits(name)
}

/// The news that was kept back while only a number was known, once.
fn tell_holder(tx: &Tx<'_>, holder: PersonId, kept: &Kept) -> Result<(), Problem> {
    let (id, terms) = (kept.mandate.id(), kept.mandate.terms());
    let (kind, cause) = (NoticeKind::MandateGiven, Cause::mandate(id));
    if notices::was_told(tx, holder, kind, cause)? {
        return Ok(());
    }
    let giver = store::person(tx, terms.giver)?.map(|giver| giver.name.full()).unwrap_or_default();
    let says = tell::Says {
        other: &giver,
        last_day: Some(terms.last_day),
        number: number(id.uuid()),
        ..tell::Says::default()
    };
    tell::tell(tx, holder, kind, (cause, Channels::DigitalPost), says)
}

/// Who is told of what happens to a mandate: its holder, if they answer to the name the giver typed; else nobody.
pub(super) fn told_holder(tx: &Tx<'_>, kept: &Kept) -> Result<PersonId, Problem> {
    let (holder, nobody) = (kept.mandate.terms().holder, PersonId::from_uuid(tx.mint()));
    let Some(typed) = &kept.named else { return Ok(holder) };
    let fits = store::person(tx, holder)?.is_some_and(|person| answers_to(&person.name, typed));
    Ok(if fits { holder } else { nobody })
}

/// The giver's mandates to the same other: as the giver named them, where they did. Who was found must not matter
/// then, or giving twice would tell whether there is such a person.
pub(super) fn to_the_same(
    tx: &Tx<'_>,
    giver: PersonId,
    (holder, addressee): (PersonId, Option<[u8; 32]>),
) -> Result<Vec<Mandate>, Problem> {
    let all = match addressee {
        Some(_) => mandates::of(tx, giver, Party::Giver)?,
        None => mandates::between(tx, giver, holder)?,
    };
    let same = all.into_iter().filter(|kept| addressee.is_none() || kept.addressee == addressee);
    Ok(same.map(|kept| kept.mandate).collect())
}

/// Denied while an authority doubts whether this person understands what a mandate is.
pub(super) fn may_sign(tx: &Tx<'_>, giver: PersonId) -> Result<(), Problem> {
    if mandates::is_doubted(tx, giver)? { Err(SignRefusal::Doubted.into()) } else { Ok(()) }
}
