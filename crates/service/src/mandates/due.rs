//! What the clock makes due: requests that nobody answered, mandates that end soon, letters that lie unanswered.
//! Jobs look in slices, by reading, and write only what must be told. Nothing of a right depends on them: what has
//! ended has ended whether or not they run.

use super::rows::may_renew;
use super::show::successor;
use super::{number, requests, tell};
use crate::problem::Problem;
use borgerportal_domain::ids::{MandateId, RequestId};
use borgerportal_domain::mandates::review_day;
use borgerportal_domain::notices::{Cause, Channels, NoticeKind};
use borgerportal_domain::time::{Date, Timestamp};
use borgerportal_store::mandates::{self as store, Kept, paused as pauses, requests as kept_requests};
use borgerportal_store::tx::Tx;
use borgerportal_store::{notices, people};

/// Rows of one slice.
const SLICE: i64 = 200;
/// A letter without an answer is followed by another after so many days.
const REMINDER_DAYS: i64 = 14;
/// What was due while no node ran is made up for so many days later, and not after.
const LATE_DAYS: i64 = 3;

/// So many days before its end the giver of a mandate is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    /// Thirty days.
    Thirty,
    /// Seven days.
    Seven,
}

impl Line {
    /// Each.
    pub const ALL: [Self; 2] = [Self::Thirty, Self::Seven];

    const fn days(self) -> i64 {
        match self {
            Self::Thirty => 30,
            Self::Seven => 7,
        }
    }

    const fn kind(self) -> NoticeKind {
        match self {
            Self::Thirty => NoticeKind::MandateRenewalDue30,
            Self::Seven => NoticeKind::MandateRenewalDue7,
        }
    }
}

/// What a slice found, and after what the next begins; nothing at the end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slice<Id> {
    /// Those that must be told.
    pub found: Vec<Id>,
    /// Where to go on.
    pub next: Option<(Timestamp, Id)>,
}

/// A pause that somebody must look at again. It says nothing of whose mandate it is, nor why it was paused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pause {
    /// The mandate.
    pub mandate: MandateId,
    /// The number a person reads and says on the telephone.
    pub number: String,
    /// The last day on which it is looked at again.
    pub review_on: Date,
    /// That day is past. The pause goes on until somebody decides.
    pub overdue: bool,
}

/// The pauses that last, by the day on which they must be looked at again; `most` of them.
pub fn paused(tx: &Tx<'_>, most: i64) -> Result<Vec<Pause>, Problem> {
    let pause = |(review_by, mandate): (Timestamp, MandateId)| Pause {
        mandate,
        number: number(mandate.uuid()),
        review_on: review_day(review_by),
        overdue: tx.now() >= review_by,
    };
    Ok(pauses::paused(tx, most)?.into_iter().map(pause).collect())
}

/// How many pauses last past their day.
pub fn reviews_missed(tx: &Tx<'_>) -> Result<i64, Problem> {
    Ok(pauses::missed(tx)?)
}

/// Notes requests that have lapsed and tells their requesters. Returns how many; fewer than a slice is the end.
pub fn lapse(tx: &Tx<'_>) -> Result<u64, Problem> {
    let past = kept_requests::past_deadline(tx, SLICE)?;
    for kept in &past {
        requests::lapse(tx, kept)?;
    }
    Ok(past.len() as u64)
}

/// Mandates that have come over this line, and whose givers do not know yet.
pub fn ending(
    tx: &Tx<'_>,
    line: Line,
    after: Option<(Timestamp, MandateId)>,
) -> Result<Slice<MandateId>, Problem> {
    let until = tx.now().plus_days(line.days());
    let from = after.unwrap_or((until.plus_days(-LATE_DAYS), MandateId::from_bytes([0; 16])));
    let soon = store::running_until(tx, (from, until), SLICE)?;
    let next = soon.last().copied();
    let mut found = Vec::new();
    for (_, id) in soon {
        if let Some(kept) = store::load(tx, id)?
            && must_be_told(tx, &kept, line)?
        {
            found.push(id);
        }
    }
    Ok(Slice { found, next })
}

/// Who signed after the line needs no telling, and who has renewed neither.
fn must_be_told(tx: &Tx<'_>, kept: &Kept, line: Line) -> Result<bool, Problem> {
    let terms = kept.mandate.terms();
    if terms.signed_at > terms.validity().until.plus_days(-line.days()) {
        return Ok(false);
    }
    let next = successor(tx, &kept.mandate)?;
    let cause = Cause::mandate(kept.mandate.id());
    Ok(may_renew(&kept.mandate, next, tx.now()) && !notices::was_told(tx, terms.giver, line.kind(), cause)?)
}

/// Tells the giver that it ends, if that is still so. Two nodes at a time tell once.
pub fn remind_giver(tx: &Tx<'_>, line: Line, id: MandateId) -> Result<(), Problem> {
    let Some(kept) = store::load(tx, id)? else { return Ok(()) };
    if !must_be_told(tx, &kept, line)? {
        return Ok(());
    }
    let terms = kept.mandate.terms();
    let known = people::person(tx, terms.holder)?.map(|person| person.name.full());
    let other = kept.named.clone().or(known).unwrap_or_default();
    let says = tell::Says {
        other: &other,
        last_day: Some(terms.last_day),
        number: number(id.uuid()),
        answer_by: None,
    };
    tell::tell(tx, terms.giver, line.kind(), (Cause::mandate(id), Channels::DigitalPost), says)
}

/// Tells what came due while a mandate was paused, once it holds again: of the two lines the nearest to its end.
pub(super) fn make_up_for(tx: &Tx<'_>, id: MandateId) -> Result<(), Problem> {
    let Some(kept) = store::load(tx, id)? else { return Ok(()) };
    let until = kept.mandate.terms().validity().until;
    let crossed = Line::ALL.into_iter().rfind(|line| until.plus_days(-line.days()) <= tx.now());
    crossed.map_or(Ok(()), |line| remind_giver(tx, line, id))
}

/// Requests whose first letter lies without an answer, and that no second letter went out for.
pub fn unanswered(tx: &Tx<'_>, after: Option<(Timestamp, RequestId)>) -> Result<Slice<RequestId>, Problem> {
    let until = tx.now().plus_days(-REMINDER_DAYS);
    let from = after.unwrap_or((until.plus_days(-2 * REMINDER_DAYS), RequestId::from_bytes([0; 16])));
    let waiting = kept_requests::waiting_with_letter(tx, (from, until), SLICE)?;
    let next = waiting.last().map(|kept| (kept.sent_at, kept.id));
    let mut found = Vec::new();
    for kept in waiting {
        let (kind, cause) = (NoticeKind::MandateRequestedReminder, Cause::request(kept.id));
        if is_to_somebody(&kept) && !notices::was_told(tx, tell::asked(&kept), kind, cause)? {
            found.push(kept.id);
        }
    }
    Ok(Slice { found, next })
}

/// Whether a letter reaches anybody: whom a number led to, or who lives where it was typed.
fn is_to_somebody(kept: &kept_requests::Kept) -> bool {
    kept.request.target.is_some() || kept.named.cpr.is_none()
}

/// Sends the second letter, once.
pub fn remind_by_letter(tx: &Tx<'_>, id: RequestId) -> Result<(), Problem> {
    let Some(kept) = kept_requests::load(tx, id)? else { return Ok(()) };
    let Some(requester) = people::person(tx, kept.request.requester)? else { return Ok(()) };
    let says = tell::Says {
        other: &requester.name.full(),
        last_day: Some(kept.request.wanted.last_day),
        answer_by: Some(kept.answer_by),
        number: number(kept.id.uuid()),
    };
    let sent = (Cause::request(kept.id), Channels::LetterOnly);
    tell::tell(tx, tell::asked(&kept), NoticeKind::MandateRequestedReminder, sent, says)
}
