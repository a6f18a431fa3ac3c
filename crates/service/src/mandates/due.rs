//! What the clock makes due: requests that nobody answered, mandates that end soon, letters that lie unanswered.
//! Jobs run these in slices. Nothing of a right depends on them: what has ended has ended whether or not they run.

use super::rows::may_renew;
use super::show::successor;
use super::{number, requests, tell};
use crate::problem::Problem;
use borgerportal_domain::ids::MandateId;
use borgerportal_domain::notices::{Cause, Channels, NoticeKind};
use borgerportal_store::mandates::{self as store, Kept, requests as kept_requests};
use borgerportal_store::people;
use borgerportal_store::tx::Tx;

/// Rows of one slice.
const SLICE: i64 = 200;
/// A letter without an answer is followed by another after so many days.
const REMINDER_DAYS: i64 = 14;

/// Notes requests that have lapsed and tells their requesters. Returns how many; fewer than a slice is the end.
pub fn lapse(tx: &Tx<'_>) -> Result<u64, Problem> {
    let past = kept_requests::past_deadline(tx, SLICE)?;
    for kept in &past {
        requests::lapse(tx, kept)?;
    }
    Ok(past.len() as u64)
}

/// Tells givers of mandates that end in 30 and in 7 days, each once. Goes on after `after`; returns the last one
/// looked at, or nothing at the end.
pub fn remind_givers(tx: &Tx<'_>, after: MandateId) -> Result<Option<MandateId>, Problem> {
    let span = (tx.now(), tx.now().plus_days(30));
    let soon = store::running_until(tx, span, after, SLICE)?;
    for id in &soon {
        let Some(kept) = store::load(tx, *id)? else { continue };
        let next = successor(tx, &kept.mandate)?;
        if may_renew(&kept.mandate, next, tx.now()) {
            remind(tx, &kept)?;
        }
    }
    Ok(soon.last().copied())
}

/// One reminder, of the nearer of the two days. Who signed after that day needs none.
fn remind(tx: &Tx<'_>, kept: &Kept) -> Result<(), Problem> {
    let terms = kept.mandate.terms();
    let until = terms.validity().until;
    let (days, kind) = if tx.now() >= until.plus_days(-7) {
        (7, NoticeKind::MandateRenewalDue7)
    } else {
        (30, NoticeKind::MandateRenewalDue30)
    };
    if terms.signed_at > until.plus_days(-days) {
        return Ok(());
    }
    let known = people::person(tx, terms.holder)?.map(|person| person.name.full());
    let other = kept.named.clone().or(known).unwrap_or_default();
    let id = kept.mandate.id();
    let says = tell::Says {
        other: &other,
        last_day: Some(terms.last_day),
        number: number(id.uuid()),
        answer_by: None,
    };
    tell::tell(tx, terms.giver, kind, (Cause::mandate(id), Channels::DigitalPost), says)
}

/// Sends a second letter where the first lies without an answer, once. Returns how many wait.
pub fn remind_by_letter(tx: &Tx<'_>) -> Result<u64, Problem> {
    let now = tx.now();
    let span = (now.plus_days(-3 * REMINDER_DAYS), now.plus_days(-REMINDER_DAYS));
    let waiting = kept_requests::waiting_with_letter(tx, span)?;
    for kept in &waiting {
        let (Some(target), Some(requester)) =
            (kept.request.target, people::person(tx, kept.request.requester)?)
        else {
            continue;
        };
        let says = tell::Says {
            other: &requester.name.full(),
            last_day: Some(kept.request.wanted.last_day),
            answer_by: Some(kept.answer_by),
            number: number(kept.id.uuid()),
        };
        let sent = (Cause::request(kept.id), Channels::LetterOnly);
        tell::tell(tx, target, NoticeKind::MandateRequestedReminder, sent, says)?;
    }
    Ok(waiting.len() as u64)
}
