//! What registers and authorities let happen to mandates and requests: doubt, its end, death, age, a new number.
//! Driven by the command line and by jobs until staff have pages. What people are told is neutral: that it is
//! paused or over, never why.

use super::stop::{end, happen};
use super::{due, number, people as finding, tell};
use crate::people::change_number;
use crate::problem::Problem;
use borgerportal_domain::Cpr;
use borgerportal_domain::ids::{MandateId, PersonId};
use borgerportal_domain::mandates::{
    AnnulReason, MandateEvent, Part, Party, RequestAnnulReason, RequestEvent, Status, SuspendReason,
};
use borgerportal_domain::notices::{Cause, Channels, NoticeKind};
use borgerportal_domain::person::PersonName;
use borgerportal_domain::time::{Date, Timestamp, copenhagen_date};
use borgerportal_store::claims;
use borgerportal_store::mandates::{self as store, Kept, requests};
use borgerportal_store::people;
use borgerportal_store::tx::Tx;

/// An authority doubts: nothing is open on this mandate, nor on what was signed to follow it, until it is resumed.
/// Whose understanding is doubted signs no other mandate meanwhile.
pub fn suspend(
    tx: &Tx<'_>,
    mandate: MandateId,
    reason: SuspendReason,
    review_by: Timestamp,
) -> Result<(), Problem> {
    by_authority(tx, mandate, MandateEvent::Suspend { reason, review_by }, NoticeKind::MandateSuspended)?;
    if reason == SuspendReason::Capacity { doubt_giver_of(tx, mandate) } else { Ok(()) }
}

fn doubt_giver_of(tx: &Tx<'_>, mandate: MandateId) -> Result<(), Problem> {
    let kept = store::load(tx, mandate)?.ok_or(Problem::NotFound)?;
    Ok(store::doubt(tx, kept.mandate.terms().giver)?)
}

/// The doubt is gone. If the mandate came near its end meanwhile, its giver is told so now.
pub fn resume(tx: &Tx<'_>, mandate: MandateId) -> Result<(), Problem> {
    let kept = store::load(tx, mandate)?.ok_or(Problem::NotFound)?;
    let of_capacity =
        |status: &Status| matches!(status, Status::Suspended { reason: SuspendReason::Capacity, .. });
    by_authority(tx, mandate, MandateEvent::Resume, NoticeKind::MandateResumed)?;
    if kept.mandate.items().iter().any(|item| of_capacity(&item.status)) {
        capacity_trusted(tx, kept.mandate.terms().giver)?;
    }
    due::make_up_for(tx, mandate)
}

/// The authority ends it, and what was signed to follow it.
pub fn annul(tx: &Tx<'_>, mandate: MandateId, reason: AnnulReason) -> Result<(), Problem> {
    by_authority(tx, mandate, MandateEvent::Annul { reason }, NoticeKind::MandateAnnulled)?;
    if reason == AnnulReason::Capacity { doubt_giver_of(tx, mandate) } else { Ok(()) }
}

fn by_authority(
    tx: &Tx<'_>,
    mandate: MandateId,
    event: MandateEvent,
    kind: NoticeKind,
) -> Result<(), Problem> {
    let kept = store::load(tx, mandate)?.ok_or(Problem::NotFound)?;
    end(tx, &kept.mandate, Part::Whole, event)?;
    tell_party(tx, &kept, Party::Giver, kind)?;
    tell_party(tx, &kept, Party::Holder, kind)
}

/// Tells one party of a mandate, with the name of the other.
fn tell_party(tx: &Tx<'_>, kept: &Kept, party: Party, kind: NoticeKind) -> Result<(), Problem> {
    let terms = kept.mandate.terms();
    let (recipient, other) = match party {
        Party::Giver => (terms.giver, terms.holder),
        Party::Holder => (finding::told_holder(tx, kept)?, terms.giver),
    };
    let typed = kept.named.clone().filter(|_| party == Party::Giver);
    let known = people::person(tx, other)?.map(|person| person.name.full());
    let id = kept.mandate.id();
    let name = typed.or(known).unwrap_or_default();
    let says = tell::Says { other: &name, number: number(id.uuid()), ..tell::Says::default() };
    tell::tell(tx, recipient, kind, (Cause::mandate(id), Channels::DigitalPost), says)
}

/// A death was registered: every mandate and open request of the person ends. Twice is once.
pub fn died(tx: &Tx<'_>, person: PersonId, on: Date) -> Result<(), Problem> {
    let mut dead = people::person(tx, person)?.ok_or(Problem::NotFound)?;
    if !dead.facts.is_dead() {
        dead.facts.deceased_on = Some(on);
        people::save(tx, &dead)?;
    }
    for (party, other) in [(Party::Giver, Party::Holder), (Party::Holder, Party::Giver)] {
        for kept in live(tx, person, party)? {
            // What was given to another name was meant for somebody else: its giver must see no difference.
            if party == Party::Holder && finding::told_holder(tx, &kept)? != person {
                continue;
            }
            happen(tx, &kept.mandate, Part::Whole, MandateEvent::Death { party })?;
            tell_party(tx, &kept, other, NoticeKind::MandateEnded)?;
        }
    }
    end_requests_to(tx, person, RequestAnnulReason::GiverDead)?;
    for kept in requests::of_requester(tx, person)? {
        let event = RequestEvent::Annul { reason: RequestAnnulReason::RequesterDead };
        let Ok(after) = kept.request.after(&event, tx.now()) else { continue };
        requests::record(tx, kept.id, &after, &event)?;
        tell::taken_back(tx, &kept, &dead.name.full())?;
    }
    Ok(())
}

/// The register has corrected a birth date. If the person is too young to give, what they gave was never valid.
pub fn under_age(tx: &Tx<'_>, person: PersonId, born_on: Date) -> Result<(), Problem> {
    let mut young = people::person(tx, person)?.ok_or(Problem::NotFound)?;
    young.facts.birth_on = born_on;
    people::save(tx, &young)?;
    if young.facts.age_on(copenhagen_date(tx.now())) >= i32::from(super::OWN_AGE) {
        return Ok(());
    }
    for kept in live(tx, person, Party::Giver)? {
        let event = MandateEvent::Annul { reason: AnnulReason::Invalid };
        happen(tx, &kept.mandate, Part::Whole, event)?;
        tell_party(tx, &kept, Party::Giver, NoticeKind::MandateAnnulled)?;
        tell_party(tx, &kept, Party::Holder, NoticeKind::MandateAnnulled)?;
    }
    end_requests_to(tx, person, RequestAnnulReason::BelowAge)
}

/// Somebody has doubts whether a person understands what a mandate is: nothing can be approved or given any more,
/// until they are trusted again.
pub fn capacity_doubted(tx: &Tx<'_>, person: PersonId) -> Result<(), Problem> {
    store::doubt(tx, person)?;
    end_requests_to(tx, person, RequestAnnulReason::CapacityDoubt)
}

/// The doubt about a person is over, whatever has become of the mandate it began with.
pub fn capacity_trusted(tx: &Tx<'_>, person: PersonId) -> Result<(), Problem> {
    Ok(store::trust(tx, person)?)
}

/// A person has a new number. The pointer moves; what was signed stays as it was signed. Who was known by nothing but
/// the new number was this person all along. Denied where the number is somebody else's.
pub fn number_changed(tx: &Tx<'_>, old: &Cpr, new: &Cpr) -> Result<PersonId, Problem> {
    let id = people::by_cpr(tx, old)?.ok_or(Problem::NotFound)?;
    if let Some(other) = people::by_cpr(tx, new)?.filter(|other| *other != id) {
        let person = people::person(tx, other)?.ok_or(Problem::NotFound)?;
        if person.name != PersonName::default() || claims::is_known_anywhere(tx, other)? {
            return Err(Problem::Stale);
        }
        people::move_number(tx, new, id)?;
        let name = people::person(tx, id)?.ok_or(Problem::NotFound)?.name;
        finding::settle(tx, (id, &name), &store::of(tx, other, Party::Holder)?)?;
        requests::readdress(tx, other, id)?;
    }
    change_number(tx, id, old, new)?;
    Ok(id)
}

/// Mandates of a person on this side that are not over.
fn live(tx: &Tx<'_>, person: PersonId, party: Party) -> Result<Vec<Kept>, Problem> {
    let all = store::of(tx, person, party)?;
    Ok(all.into_iter().filter(|kept| !kept.mandate.standing(tx.now()).is_over()).collect())
}

/// Ends open requests to somebody, and tells the requesters that they cannot be answered. A request under another name
/// was meant for somebody else: it lapses, as one to nobody does.
fn end_requests_to(tx: &Tx<'_>, person: PersonId, reason: RequestAnnulReason) -> Result<(), Problem> {
    let name = people::person(tx, person)?.ok_or(Problem::NotFound)?.name;
    for kept in requests::open_to(tx, person)?.into_iter().filter(|kept| kept.named.fits(&name)) {
        let event = RequestEvent::Annul { reason };
        let Ok(after) = kept.request.after(&event, tx.now()) else { continue };
        requests::record(tx, kept.id, &after, &event)?;
        tell::requester(tx, &kept, NoticeKind::RequestAnnulled)?;
    }
    Ok(())
}
