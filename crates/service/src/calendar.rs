//! The calendar: visits as the record system tells of them, put together with what was called off here and what the record
//! system made of that. Reading is here; calling off, the file and the addresses for calendar programs have modules of
//! their own. It refuses to decide until when: that is the rule's.

mod cancel;
mod feeds;
mod file;

pub use borgerportal_store::feeds::Feed;
pub use cancel::{Form, MOST_AT_ONCE, NOTE_MAX, cancel, undo};
pub use feeds::{Feeds, Made, address_hash, drop_feed, feeds, make_feed, read_feed, sweep};
pub use file::{File, download, what};

use crate::access::{self, Granted, Question, settings};
use crate::items::{self, Rule, Seen};
use crate::municipalities::Municipalities;
use crate::problem::Problem;
use crate::sessions::SignedIn;
use crate::spoken::number;
use borgerportal_domain::access::Privilege;
use borgerportal_domain::access_log::{LogObject, ObjectKind};
use borgerportal_domain::calendar::{self as rules, Look, Standing, Visit, look};
use borgerportal_domain::ids::{ItemId, JournalId, OutgoingId, PersonId};
use borgerportal_domain::items::Shown;
use borgerportal_domain::outgoing::{OutgoingState, State};
use borgerportal_domain::time::{
    Date, Timestamp, copenhagen_date, copenhagen_end_of, copenhagen_midnight, days_after,
};
use borgerportal_fhir::calendar::read;
use borgerportal_fhir::delivery::Room;
use borgerportal_store::calendar::{self as store, Cancellation};
pub use borgerportal_store::tx::Tx;
use borgerportal_store::{outgoing, people};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;
use std::sync::Arc;

/// Visits are called off at most so long before they are.
const AHEAD_DAYS: i64 = 400;

/// How far ahead the next visits are looked for.
const NEXT_DAYS: i64 = 14;

/// A visit with all that is known of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Which.
    pub id: ItemId,
    /// As the record system tells of it.
    pub visit: Visit,
    /// How it stands, and what may be done.
    pub look: Look,
    /// What was last done with it here.
    pub cancelled: Option<CalledOff>,
    /// Counts up with every change, there and here.
    pub sequence: u32,
    /// When something was last done with it, as far as is known.
    pub changed: Timestamp,
}

/// A visit was called off here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalledOff {
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: By,
    /// What they wrote to those who come.
    pub note: String,
    /// What the record system made of it.
    pub told: State,
    /// The number a person reads and says on the telephone.
    pub number: String,
    /// It was taken back.
    pub undone: Option<TakenBack>,
}

/// A cancellation was taken back here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakenBack {
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: By,
    /// What the record system made of it.
    pub told: State,
    /// Its number.
    pub number: String,
}

/// Who did something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum By {
    /// The reader.
    Me,
    /// Somebody else, by full name.
    Other(String),
}

/// How much of the days asked for is shown at once: whole days, until there are so many visits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Everything.
    All,
    /// From the first day on.
    First(usize),
    /// From the last day back.
    Last(usize),
}

/// Visits of some days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Days {
    /// Earliest first.
    pub rows: Vec<Row>,
    /// The day to go on from, where a part is shown and there are more.
    pub more: Option<Date>,
    /// The reader may call visits off.
    pub may_act: bool,
}

/// One visit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct One {
    /// The visit.
    pub row: Row,
    /// Others of its series that may be called off as well, earliest first.
    pub series: Vec<Row>,
    /// Others that were called off in the same breath.
    pub together: Vec<Row>,
    /// The reader may call visits off.
    pub may_act: bool,
}

fn question(journal: JournalId, object: LogObject) -> Question {
    Question { journal, privilege: Privilege::ReadCalendar, object }
}

/// The visits of these days, the last day included.
pub fn days<'t>(
    tx: &'t Tx<'_>,
    places: &Municipalities,
    who: &SignedIn,
    journal: JournalId,
    (first, last, part): (Date, Date, Part),
) -> Result<(Granted<'t>, Days), Problem> {
    let granted = access::ask(tx, places, who, &question(journal, LogObject::page(ObjectKind::Calendar)))?;
    let mut found = Found::between(tx, places, &granted, (first, last))?;
    let more = found.keep(part);
    let rows = found.rows(tx, places, &granted).collect::<Result<_, _>>()?;
    let may_act = access::may(places, who, &granted, Privilege::ActCalendar, tx.now());
    Ok((granted, Days { rows, more, may_act }))
}

/// One visit, and what goes with it.
pub fn visit<'t>(
    tx: &'t Tx<'_>,
    places: &Municipalities,
    who: &SignedIn,
    (journal, item): (JournalId, ItemId),
) -> Result<(Granted<'t>, One), Problem> {
    let object = LogObject::one(ObjectKind::Visit, item);
    let granted = access::ask(tx, places, who, &question(journal, object))?;
    let row = one(tx, places, &granted, item)?;
    let may_act = access::may(places, who, &granted, Privilege::ActCalendar, tx.now());
    let (mut series, mut together) = (Vec::new(), Vec::new());
    let called_off = row.cancelled.as_ref().map(|one| (one.at, &one.by));
    if row.visit.series.is_some() || called_off.is_some() {
        let first = row.visit.slot.day();
        for other in between(tx, places, &granted, (first, rules::series_end(first)))? {
            if other.id == row.id {
                continue;
            }
            if called_off.is_some() && other.cancelled.as_ref().map(|one| (one.at, &one.by)) == called_off {
                together.push(other);
            } else if other.visit.series == row.visit.series && other.look.cancel().is_ok() {
                series.push(other);
            }
        }
        series.truncate(MOST_AT_ONCE);
    }
    Ok((granted, One { row, series, together, may_act }))
}

/// The next visits that are to take place within a fortnight, under an access that was granted already. Whether this reader's right covers the
/// calendar at all, the caller has asked.
pub fn next(
    tx: &Tx<'_>,
    places: &Municipalities,
    granted: &Granted<'_>,
    most: usize,
) -> Result<Vec<Row>, Problem> {
    let today = copenhagen_date(tx.now());
    let found = Found::between(tx, places, granted, (today, days_after(today, NEXT_DAYS)))?;
    let comes =
        |row: &Result<Row, Problem>| row.as_ref().map_or(true, |row| row.look.standing == Standing::Coming);
    found.rows(tx, places, granted).filter(comes).take(most).collect()
}

/// The visits of these days under an access that was granted already, earliest first.
fn between(
    tx: &Tx<'_>,
    places: &Municipalities,
    granted: &Granted<'_>,
    days: (Date, Date),
) -> Result<Vec<Row>, Problem> {
    Found::between(tx, places, granted, days)?.rows(tx, places, granted).collect()
}

/// What was found of some days, not yet put together.
struct Found {
    /// Earliest first.
    visits: Vec<Seen<Visit>>,
    cancelled: BTreeMap<ItemId, Vec<Cancellation>>,
}

impl Found {
    /// The visits of these days, the last day included.
    fn between(
        tx: &Tx<'_>,
        places: &Municipalities,
        granted: &Granted<'_>,
        (first, last): (Date, Date),
    ) -> Result<Self, Problem> {
        let times = copenhagen_midnight(first)..=copenhagen_end_of(last).plus_millis(-1);
        let rule = Rule::of(granted, places, tx.now())?;
        let mut visits =
            items::seen(tx, (granted, &rule), (Room::Calendar, times.clone()), |_, head| read(head))?;
        once(&mut visits);
        visits.reverse();
        Ok(Self { visits, cancelled: cancellations(tx, granted, &times)? })
    }

    /// Leaves a part, and tells the day to go on from.
    fn keep(&mut self, part: Part) -> Option<Date> {
        fn end<'v>(visits: impl Iterator<Item = &'v Seen<Visit>>, most: usize) -> Option<(usize, Date)> {
            let mut visits = visits.skip(most.checked_sub(1)?).map(|one| one.head.slot.day());
            let last = visits.next()?;
            let next = visits.enumerate().find(|(_, day)| *day != last);
            next.map(|(more, day)| (most + more, day))
        }
        match part {
            Part::All => None,
            Part::First(most) => {
                let (count, next) = end(self.visits.iter(), most)?;
                self.visits.truncate(count);
                Some(next)
            }
            Part::Last(most) => {
                let (count, next) = end(self.visits.iter().rev(), most)?;
                self.visits.drain(..self.visits.len() - count);
                Some(next)
            }
        }
    }

    /// The visits with all that is known of them.
    fn rows(
        self,
        tx: &Tx<'_>,
        places: &Municipalities,
        granted: &Granted<'_>,
    ) -> impl Iterator<Item = Result<Row, Problem>> {
        let Self { visits, mut cancelled } = self;
        visits.into_iter().map(move |one| {
            let rounds = cancelled.remove(&one.labelled.place.id).unwrap_or_default();
            row(tx, places, granted, one, &rounds)
        })
    }
}

/// A contact that came of an appointment in the list is that appointment.
fn once(seen: &mut Vec<Seen<Visit>>) {
    if seen.iter().all(|one| one.head.of_appointment.is_none()) {
        return;
    }
    let names: BTreeSet<String> = seen.iter().map(|one| one.head.name.clone()).collect();
    seen.retain(|one| one.head.of_appointment.as_ref().is_none_or(|name| !names.contains(name)));
}

fn cancellations(
    tx: &Tx<'_>,
    granted: &Granted<'_>,
    times: &RangeInclusive<Timestamp>,
) -> Result<BTreeMap<ItemId, Vec<Cancellation>>, Problem> {
    let mut found: BTreeMap<ItemId, Vec<Cancellation>> = BTreeMap::new();
    for one in store::cancellations(tx, &granted.access, times.start().plus_days(-AHEAD_DAYS))? {
        found.entry(one.item).or_default().push(one);
    }
    Ok(found)
}

/// One visit under an access that was granted already.
fn one(tx: &Tx<'_>, places: &Municipalities, granted: &Granted<'_>, item: ItemId) -> Result<Row, Problem> {
    let rule = Rule::of(granted, places, tx.now())?;
    let opened = items::one(tx, (granted, &rule), (Room::Calendar, item), read)?;
    let rounds = store::cancellations_of(tx, &granted.access, item)?;
    row(tx, places, granted, opened.seen, &rounds)
}

fn row(
    tx: &Tx<'_>,
    places: &Municipalities,
    granted: &Granted<'_>,
    seen: Seen<Visit>,
    rounds: &[Cancellation],
) -> Result<Row, Problem> {
    let visit = match seen.shown {
        Shown::Whole => Arc::unwrap_or_clone(seen.head),
        Shown::WithoutWhereabouts => Arc::unwrap_or_clone(seen.head).without_whereabouts(),
    };
    let last = rounds.last().map(|last| known(tx, granted, last)).transpose()?;
    let rule = settings(places, granted)?.visits.rule(visit.kind);
    // Of a contact only what took place is told: nothing about it can be called off here.
    let rule = rule.filter(|_| visit.name.starts_with("Appointment/"));
    let look = look((&visit.slot, visit.booked), last.as_ref(), rule.as_ref(), tx.now());
    let cancelled =
        rounds.last().zip(last).map(|(kept, known)| called_off(tx, granted, kept, &known)).transpose()?;
    let ours: u32 = rounds.iter().map(|one| 1 + u32::from(one.undone.is_some())).sum();
    let refused = look.trouble.is_some();
    let times = rounds.iter().flat_map(|one| [Some(one.at), one.undone.map(|undone| undone.at)]).flatten();
    Ok(Row {
        id: seen.labelled.place.id,
        sequence: u32::try_from(seen.labelled.version() - 1).unwrap_or(0) + ours + u32::from(refused),
        changed: times.fold(seen.labelled.received_at, Timestamp::max),
        visit,
        look,
        cancelled,
    })
}

/// A cancellation as the rule looks at it.
fn known(tx: &Tx<'_>, granted: &Granted<'_>, kept: &Cancellation) -> Result<rules::Cancellation, Problem> {
    let undone = kept.undone.map(|undone| {
        let told = told(tx, granted, undone.told)?;
        Ok::<_, Problem>(rules::Undone { at: undone.at, by: undone.by, told })
    });
    let told = told(tx, granted, kept.told)?;
    Ok(rules::Cancellation { at: kept.at, by: kept.by, told, undone: undone.transpose()? })
}

/// What the record system made of what it was told. What is forgotten has long arrived.
fn told(tx: &Tx<'_>, granted: &Granted<'_>, id: OutgoingId) -> Result<State, Problem> {
    Ok(match outgoing::state(tx, &granted.access, id)? {
        Some(OutgoingState::Waiting) => State::Waiting,
        Some(OutgoingState::Refused { .. }) => State::Refused,
        Some(OutgoingState::GivenUp { .. }) => State::GivenUp,
        Some(OutgoingState::Delivered { .. }) | None => State::Delivered,
    })
}

fn called_off(
    tx: &Tx<'_>,
    granted: &Granted<'_>,
    kept: &Cancellation,
    known: &rules::Cancellation,
) -> Result<CalledOff, Problem> {
    let undone = kept.undone.zip(known.undone).map(|(kept, known)| {
        let by = by(tx, granted, kept.by)?;
        Ok::<_, Problem>(TakenBack { at: kept.at, by, told: known.told, number: number(kept.told.uuid()) })
    });
    Ok(CalledOff {
        at: kept.at,
        by: by(tx, granted, kept.by)?,
        note: kept.note.clone(),
        told: known.told,
        number: number(kept.told.uuid()),
        undone: undone.transpose()?,
    })
}

fn by(tx: &Tx<'_>, granted: &Granted<'_>, person: PersonId) -> Result<By, Problem> {
    if person == granted.access.reader() {
        return Ok(By::Me);
    }
    Ok(By::Other(people::person(tx, person)?.map(|person| person.name.full()).unwrap_or_default()))
}
