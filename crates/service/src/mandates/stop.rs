//! Stopping: the giver all of it or one right, the holder all of it. At once, without a reason, without a fresh
//! log-in. What has been signed to follow it ends with it.

use super::show::{mine, successor};
use super::{me, number, people, tell};
use crate::problem::Problem;
use crate::sessions::SignedIn;
use borgerportal_domain::ids::{MandateId, PackageVersionId};
use borgerportal_domain::mandates::{Mandate, MandateEvent, MandateRefusal, Part, Party, Recorded};
use borgerportal_domain::notices::{Cause, Channels, NoticeKind};
use borgerportal_store::mandates as store;
use borgerportal_store::tx::Tx;
use serde::{Deserialize, Serialize};

/// What was stopped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stopped {
    /// When, in milliseconds.
    pub at: i64,
    /// Nothing of the mandate is left.
    pub all: bool,
}

/// Stops a mandate, or with `right` one right of it (giver only). Denied: `mandates.already_over`,
/// `mandates.not_the_giver`, `mandates.no_such_item`.
pub fn stop(
    tx: &Tx<'_>,
    who: &SignedIn,
    mandate: MandateId,
    right: Option<PackageVersionId>,
) -> Result<Stopped, Problem> {
    let me = me(tx, who)?;
    let (kept, side) = mine(tx, who, mandate)?;
    let part = right.map_or(Part::Whole, Part::Item);
    let by = me.facts.id;
    let event = match (side, part) {
        (Party::Giver, _) => MandateEvent::Withdraw { by },
        (Party::Holder, Part::Whole) => MandateEvent::Renounce { by },
        (Party::Holder, Part::Item(_)) => return Err(MandateRefusal::NotTheGiver.into()),
    };
    let all = end(tx, &kept.mandate, part, event)?;
    let terms = kept.mandate.terms();
    let (kind, recipient) = match side {
        Party::Giver => (NoticeKind::MandateStoppedByGiver, people::told_holder(tx, &kept)?),
        Party::Holder => (NoticeKind::MandateStoppedByHolder, terms.giver),
    };
    // The giver reads the name they typed, and learns no other.
    let typed = kept.named.clone().filter(|_| side == Party::Holder);
    let name = typed.unwrap_or_else(|| me.name.full());
    let says = tell::Says { other: &name, number: number(mandate.uuid()), ..tell::Says::default() };
    tell::tell(tx, recipient, kind, (Cause::mandate(mandate), Channels::DigitalPost), says)?;
    Ok(Stopped { at: tx.now().millis(), all })
}

/// Lets an event happen to a mandate or a part of it, and to the same part of what was signed to follow it; the one
/// that it should have taken over from goes on without it. True if nothing is left.
pub(super) fn end(tx: &Tx<'_>, mandate: &Mandate, part: Part, event: MandateEvent) -> Result<bool, Problem> {
    let next = successor(tx, mandate)?;
    let after = happen(tx, mandate, part, event)?;
    let all = after.standing(tx.now()).is_over();
    if all && mandate.terms().validity().from > tx.now() {
        goes_on_alone(tx, mandate)?;
    }
    if let Some(next) = next
        && let Some(kept) = store::load(tx, next)?
        && let Some(part) = same_part(mandate, part, &kept.mandate)
    {
        allowed(end(tx, &kept.mandate, part, event))?;
    }
    Ok(all)
}

/// What follows or went before may be past this already: it is over, paused or resumed on its own.
fn allowed<T>(happened: Result<T, Problem>) -> Result<(), Problem> {
    match happened {
        Ok(_) | Err(Problem::Denied(_)) => Ok(()),
        Err(other) => Err(other),
    }
}

/// The same part of the mandate that follows: a right goes by its package, for it may be there in a newer version.
fn same_part(mandate: &Mandate, part: Part, next: &Mandate) -> Option<Part> {
    let Part::Item(version) = part else { return Some(Part::Whole) };
    let package = mandate.items().iter().find(|item| item.version == version)?.package;
    next.items().iter().find(|item| item.package == package).map(|item| Part::Item(item.version))
}

/// An event, written down.
pub(super) fn happen(
    tx: &Tx<'_>,
    mandate: &Mandate,
    part: Part,
    event: MandateEvent,
) -> Result<Mandate, Problem> {
    let after = mandate.after(part, &event, tx.now())?;
    store::record(tx, mandate, &after, &Recorded { at: tx.now(), part, event })?;
    Ok(after)
}

/// The older mandate loses a successor that ended before it began.
fn goes_on_alone(tx: &Tx<'_>, successor: &Mandate) -> Result<(), Problem> {
    let Some(older) = successor.terms().supersedes else { return Ok(()) };
    let Some(kept) = store::load(tx, older)? else { return Ok(()) };
    allowed(happen(tx, &kept.mandate, Part::Whole, MandateEvent::SuccessorDropped))
}
