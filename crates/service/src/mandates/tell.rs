//! Telling: a notice in the outbox, in the transaction of what it tells of.

use crate::outbox;
use crate::problem::Problem;
use borgerportal_domain::ids::PersonId;
use borgerportal_domain::notices::{self, Cause, Channels, Notice, NoticeKind};
use borgerportal_domain::time::{Date, Timestamp, copenhagen_date};
use borgerportal_store::mandates::requests::Kept;
use borgerportal_store::tx::Tx;

/// What the text may repeat.
#[derive(Default)]
pub(super) struct Says<'a> {
    /// The other party's name, as the recipient may know it.
    pub(super) other: &'a str,
    pub(super) last_day: Option<Date>,
    /// The instant of the deadline; people read the day before it.
    pub(super) answer_by: Option<Timestamp>,
    pub(super) number: String,
}

/// Puts a notice. A recipient whom nobody is gets none, at the same cost.
pub(super) fn tell(
    tx: &Tx<'_>,
    recipient: PersonId,
    kind: NoticeKind,
    (cause, channels): (Cause, Channels),
    says: Says<'_>,
) -> Result<(), Problem> {
    let says = notices::Says {
        other: Some(says.other.to_owned()).filter(|name| !name.is_empty()),
        last_day: says.last_day,
        answer_by: says.answer_by.map(|at| copenhagen_date(at.plus_millis(-1))),
        number: Some(says.number).filter(|number| !number.is_empty()),
        items: Vec::new(),
    };
    outbox::put(tx, &Notice { recipient, kind, cause, channels, says })?;
    Ok(())
}

/// Who gets what is sent about a request: whom it found, or nobody, always by the same id. What is for nobody
/// goes to the address that was typed, if one was, and nowhere else.
pub(super) fn asked(kept: &Kept) -> PersonId {
    kept.request.target.unwrap_or_else(|| PersonId::from_uuid(kept.id.uuid()))
}
