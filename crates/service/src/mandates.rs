//! Digital Fuldmagt: asking, giving, answering, seeing, stopping and renewing, and what registers and authorities
//! let happen to a mandate. All of it belongs to the person who is signed in: there is no journal in it, and who
//! acts for somebody else never gets here. It refuses to tell a requester whether the person they named exists.

pub mod ask;
pub mod drafts;
pub mod due;
pub mod find;
pub mod give;
pub mod import;
pub mod lookup;
pub mod nemlogin;
pub mod overview;
pub mod packages;
pub mod paper;
pub(crate) mod people;
pub mod privileges;
pub mod register;
pub mod renew;
pub mod requests;
mod rows;
pub mod show;
mod signing;
pub mod stop;
mod tell;

pub use crate::spoken::number;
/// What an errand runs in.
pub use borgerportal_store::tx::Tx;
pub(crate) use overview::open_to;
pub use overview::{Overview, overview};
pub use rows::{ItemRow, MandateRow, RequestRow, Right};
pub use show::{MandateView, show};
pub use signing::SignedText;
pub use stop::{Stopped, stop};

use crate::municipalities::Municipalities;
use crate::problem::Problem;
use crate::sessions::SignedIn;
use borgerportal_domain::access::{Level, Refusal, RefusalCode};
use borgerportal_domain::ids::{MandateId, RequestId};
use borgerportal_domain::time::{birthday, copenhagen_date};
use borgerportal_store::people::{self as store, Person};
use serde::{Deserialize, Serialize};

/// From this age a person uses the service for themself.
const OWN_AGE: i16 = 15;

/// What a requester is told when a request was taken. The same whether or not anybody was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// The request.
    pub request: RequestId,
    /// The number a person reads and says on the telephone.
    pub number: String,
    /// When it was taken, in milliseconds.
    pub sent_at: i64,
    /// The instant it lapses, in milliseconds.
    pub answer_by: i64,
}

/// What a giver is told when a mandate was signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signed {
    /// The mandate.
    pub mandate: MandateId,
    /// The number a person reads and says on the telephone.
    pub number: String,
    /// When, in milliseconds.
    pub signed_at: i64,
}

/// Whether asking, giving and approving are ours. If not, those pages link to the national service, and only
/// mandates on paper are ours. One municipality that takes our own is enough.
#[must_use]
pub fn are_ours(places: &Municipalities) -> bool {
    places.all().any(|settings| settings.policy().mandate_source.takes_own())
}

/// The signed-in person, when they may use the service: strongly proven, alive, 15 or older.
pub(crate) fn me(tx: &Tx<'_>, who: &SignedIn) -> Result<Person, Problem> {
    let person = store::person(tx, who.caller.actor)?.ok_or(Problem::NoSession)?;
    let no = |refusal| Err(Problem::Refused(refusal, person.name.full()));
    if who.caller.level < Level::Substantial {
        return no(Refusal::new(RefusalCode::LevelTooLow));
    }
    if person.facts.is_dead() {
        return no(Refusal::new(RefusalCode::ActorDead));
    }
    let old_enough = birthday(person.facts.birth_on, OWN_AGE);
    if copenhagen_date(tx.now()) < old_enough {
        return no(Refusal::on(RefusalCode::TooYoung, old_enough));
    }
    Ok(person)
}

/// The same, for what leads to a mandate: only where mandates of our own count. What ends one is open in any case.
pub(crate) fn me_making(tx: &Tx<'_>, who: &SignedIn) -> Result<Person, Problem> {
    let person = me(tx, who)?;
    if who.mandates_are_ours {
        return Ok(person);
    }
    Err(Problem::Refused(Refusal::new(RefusalCode::SourceNotUsed), person.name.full()))
}

/// The same, for what is signed: only just after a log-in.
pub(crate) fn me_signing(tx: &Tx<'_>, who: &SignedIn) -> Result<Person, Problem> {
    let person = me_making(tx, who)?;
    if who.caller.is_fresh(tx.now()) {
        return Ok(person);
    }
    Err(Problem::Refused(Refusal::new(RefusalCode::FreshLoginNeeded), person.name.full()))
}
