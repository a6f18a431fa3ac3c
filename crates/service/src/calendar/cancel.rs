//! Calling a visit off, and thinking better of it in time. Both are decided anew here, whatever a page has shown, and told
//! to the record system in the same transaction. Of two who do it at once, one has done it, and the other is told who.

use super::{Row, one};
use crate::access::{self, Granted, Question};
use crate::municipalities::Municipalities;
use crate::outgoing;
use crate::problem::Problem;
use crate::sessions::SignedIn;
use borgerportal_domain::access::Privilege;
use borgerportal_domain::access_log::{LogObject, ObjectKind};
use borgerportal_domain::calendar::CancelRefusal;
use borgerportal_domain::ids::{ItemId, JournalId, OutgoingId};
use borgerportal_domain::outgoing::OutgoingKind;
use borgerportal_domain::time::copenhagen;
use borgerportal_fhir::outgoing::Telling;
use borgerportal_i18n::{DayStyle, Lang};
use borgerportal_store::calendar as store;
use borgerportal_store::tx::Tx;
use serde_json::{Value, json};

/// Longest note to those who come, in letters.
pub const NOTE_MAX: usize = 200;
/// Most visits of a series that are called off together.
pub const MOST_AT_ONCE: usize = 12;

/// What is to be called off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// The visit.
    pub visit: ItemId,
    /// Others of its series.
    pub also: Vec<ItemId>,
    /// What is written to those who come.
    pub note: String,
}

/// Calls a visit off, and with it others of its series that still can be. Denied: `calendar.too_late` and the like, where
/// the visit itself cannot. Returns how many were.
pub fn cancel(
    tx: &Tx<'_>,
    places: &Municipalities,
    who: &SignedIn,
    journal: JournalId,
    form: &Form,
) -> Result<u32, Problem> {
    let series = cancel_one(tx, places, who, (journal, form.visit), (&form.note, None))?;
    let (Some(series), mut count) = (series, 1) else { return Ok(1) };
    for also in form.also.iter().filter(|also| **also != form.visit).take(MOST_AT_ONCE) {
        match cancel_one(tx, places, who, (journal, *also), (&form.note, Some(&series))) {
            Ok(_) => count += 1,
            // Somebody else was first, or its deadline passed meanwhile: the others are called off all the same.
            Err(Problem::Denied(_)) => {}
            Err(other) => return Err(other),
        }
    }
    Ok(count)
}

/// Calls one off, if it is of the series that is asked for. Returns the series it is of.
fn cancel_one(
    tx: &Tx<'_>,
    places: &Municipalities,
    who: &SignedIn,
    (journal, item): (JournalId, ItemId),
    (note, of): (&str, Option<&String>),
) -> Result<Option<String>, Problem> {
    let (granted, row) = act(tx, places, who, (journal, item))?;
    let fits = of.is_none_or(|series| row.visit.series.as_ref() == Some(series));
    let may = if fits { row.look.cancel() } else { Err(CancelRefusal::NotCancelled) };
    may.map_err(|no| denied(tx, &granted, no))?;
    let round = store::cancellations_of(tx, &granted.access, item)?.len();
    let id = OutgoingId::from_uuid(tx.mint());
    let place = (item, i64::try_from(round).unwrap_or(i64::MAX));
    store::cancel(tx, &granted.access, place, (id, note))?;
    tell(tx, &granted, (&row, id), OutgoingKind::Cancellation, note)?;
    Ok(row.visit.series)
}

/// Takes a cancellation back: the visit is to be on again. Denied: `calendar.too_late`, `calendar.not_cancelled`.
pub fn undo(
    tx: &Tx<'_>,
    places: &Municipalities,
    who: &SignedIn,
    (journal, item): (JournalId, ItemId),
) -> Result<(), Problem> {
    let (granted, row) = act(tx, places, who, (journal, item))?;
    row.look.undo().map_err(|no| denied(tx, &granted, no))?;
    let last = store::cancellations_of(tx, &granted.access, item)?.pop().ok_or(Problem::NotFound)?;
    let id = OutgoingId::from_uuid(tx.mint());
    store::undo(tx, &granted.access, (item, last.round), id)?;
    tell(tx, &granted, (&row, id), OutgoingKind::CancellationUndone, "")
}

/// Asks whether this person may act, and reads the visit as they see it.
fn act<'t>(
    tx: &'t Tx<'_>,
    places: &Municipalities,
    who: &SignedIn,
    (journal, item): (JournalId, ItemId),
) -> Result<(Granted<'t>, Row), Problem> {
    let object = LogObject::one(ObjectKind::Visit, item);
    let question = Question { journal, privilege: Privilege::ActCalendar, object };
    let granted = access::ask(tx, places, who, &question)?;
    let row = one(tx, places, &granted, item)?;
    Ok((granted, row))
}

/// The log tells of no act that was none.
fn denied(tx: &Tx<'_>, granted: &Granted<'_>, no: CancelRefusal) -> Problem {
    granted.access.only_looked(tx);
    no.into()
}

fn tell(
    tx: &Tx<'_>,
    granted: &Granted<'_>,
    (row, id): (&Row, OutgoingId),
    kind: OutgoingKind,
    note: &str,
) -> Result<(), Problem> {
    let at = copenhagen(row.visit.slot.from);
    let day = Lang::Da.day_as(at.date(), DayStyle::Weekday);
    let when =
        if row.visit.slot.whole_day { String::new() } else { format!(" {}", Lang::Da.clock(at.time())) };
    let says = match kind {
        OutgoingKind::CancellationUndone => format!("Besøget {day}{when} skal gennemføres alligevel."),
        OutgoingKind::Cancellation
        | OutgoingKind::Message
        | OutgoingKind::Application
        | OutgoingKind::Withdrawal
        | OutgoingKind::AidRequest => format!("Besøget {day}{when} er afmeldt."),
    };
    let more = if note.is_empty() { Vec::new() } else { vec![written(note)] };
    let telling = Telling {
        id,
        kind,
        at: tx.now(),
        citizen: &granted.loaded.subject.cpr,
        actor: &granted.loaded.actor.name.full(),
        basis: granted.basis(),
        says: &says,
        focus: Some(&row.visit.name),
        more,
    };
    let told = outgoing::Told { id, kind, resource: telling.bundle() };
    outgoing::tell(tx, &granted.access, &told)
}

/// What was written to those who come.
fn written(note: &str) -> Value {
    json!({ "resourceType": "Communication", "status": "completed", "payload": [{ "contentString": note }] })
}
