//! Grants: the list, one grant, and the letter with its decision. A grant is shown with what the calendar makes of it and
//! with everybody's time to complain. It refuses what is over in a closed journal, but never what can still be complained
//! about.

mod letter;

pub use letter::{Letter, letter};

use crate::access::{self, Granted, Question, settings};
use crate::items::{self, ALWAYS, Place, Rule, Seen};
use crate::municipalities::Municipalities;
use crate::problem::Problem;
use crate::sessions::SignedIn;
use borgerportal_domain::access::{JournalState, Privilege, Refusal, RefusalCode};
use borgerportal_domain::access_log::{LogObject, ObjectKind};
use borgerportal_domain::grants::{
    Deadline, Grant, Recipient, Route, Standing, deadlines, is_left, is_running, is_shut, own,
};
use borgerportal_domain::ids::{ItemId, JournalId};
use borgerportal_domain::items::Shown;
use borgerportal_domain::municipality::Settings;
use borgerportal_domain::time::{Date, copenhagen_date};
use borgerportal_fhir::delivery::Room;
use borgerportal_fhir::grants::{Head, read};
use borgerportal_store::items as store;
use borgerportal_store::tx::Tx;
use letter::LetterName;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A grant as one reader sees it today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Which.
    pub id: ItemId,
    /// What it says.
    pub grant: Grant,
    /// How it stands.
    pub standing: Standing,
    /// Everybody's time to complain, where the law gives four weeks.
    pub deadlines: Vec<Deadline>,
    /// The one of these that counts for this reader.
    pub own: Option<Deadline>,
    /// This reader has opened it.
    pub read: bool,
}

impl Row {
    /// Whether somebody can still complain in time.
    #[must_use]
    pub fn is_running(&self, today: Date) -> bool {
        is_running(&self.deadlines, today)
    }
}

/// The grants of a journal, newest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct List {
    /// All that this reader may see and that is left.
    pub rows: Vec<Row>,
    /// The day it is seen on.
    pub today: Date,
}

/// A decision about which this reader can still complain in time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Running {
    /// Which grant.
    pub id: ItemId,
    /// What it is.
    pub title: String,
    /// The time to complain that counts for this reader.
    pub deadline: Deadline,
}

/// One grant with what belongs to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct One {
    /// The grant.
    pub row: Row,
    /// How one complains; nothing where nothing was decided.
    pub route: Option<Route>,
    /// The newer one that took its place, if this reader may see that.
    pub newer: Option<ItemId>,
    /// The letter with the decision, if this reader may read it.
    pub letter: Option<Letter>,
    /// Why this reader cannot write a complaint here, if they cannot.
    pub no_complaint: Option<RefusalCode>,
    /// The day it is seen on.
    pub today: Date,
}

/// The grants of a journal. Of a closed one what is left.
pub fn list<'t>(
    tx: &'t Tx<'_>,
    places: &Municipalities,
    who: &SignedIn,
    journal: JournalId,
) -> Result<(Granted<'t>, List), Problem> {
    let object = LogObject::page(ObjectKind::Grants);
    let granted = access::ask(tx, places, who, &question(journal, object))?;
    let rows = Rows::load(tx, places, &granted)?;
    if rows.shut && rows.found.is_empty() {
        return Err(closed(tx, &granted));
    }
    let rows = rows.found.into_iter().map(|(row, _)| row).collect();
    Ok((granted, List { rows, today: copenhagen_date(tx.now()) }))
}

/// Decisions about which this reader can still complain, the shortest time first, under an access that was granted already.
/// These are never hidden by a closed journal.
pub(crate) fn running(
    tx: &Tx<'_>,
    places: &Municipalities,
    granted: &Granted<'_>,
    most: usize,
) -> Result<Vec<Running>, Problem> {
    let (rule, today) = (Rule::of(granted, places, tx.now())?, copenhagen_date(tx.now()));
    let (settings, reader) = (settings(places, granted)?, Recipient::of(granted.basis()));
    let seen = items::seen(tx, (granted, &rule), (Room::Grants, ALWAYS), |_, head| read(head))?;
    let running = seen.iter().filter_map(|one| {
        let grant = &one.head.grant;
        let deadline = *own(&times(grant, settings), reader)?;
        deadline.days_left(today)?;
        Some(Running { id: one.labelled.place.id, title: grant.title.clone(), deadline })
    });
    let mut running: Vec<Running> = running.collect();
    running.sort_by_key(|one| one.deadline.last_day);
    running.truncate(most);
    Ok(running)
}

/// Everybody's time to complain, where the law gives four weeks.
fn times(grant: &Grant, settings: &Settings) -> Vec<Deadline> {
    match grant.route() {
        Some(Route::Municipality) => deadlines(grant.deliveries(), settings.complaints.letter_days.get()),
        Some(Route::AsTheLetterSays) | None => Vec::new(),
    }
}

/// One grant; this reader has opened it now.
pub fn grant<'t>(
    tx: &'t Tx<'_>,
    places: &Municipalities,
    who: &SignedIn,
    (journal, item): (JournalId, ItemId),
) -> Result<(Granted<'t>, One), Problem> {
    let object = LogObject::one(ObjectKind::Grants, item);
    let granted = access::ask(tx, places, who, &question(journal, object))?;
    let (place, row, name, newer) = open(tx, places, &granted, item)?;
    store::mark_read(tx, &granted.access, Room::Grants.code(), place);
    let letter = match name {
        Some(name) => letter::of(tx, places, (who, &granted), &name)?,
        None => None,
    };
    let complain = access::would(places, who, &granted, Privilege::ActMessages, tx.now());
    let one = One {
        route: row.grant.route(),
        newer,
        letter,
        no_complaint: complain.err().map(|no| no.kind()),
        row,
        today: copenhagen_date(tx.now()),
    };
    Ok((granted, one))
}

/// A grant that this reader may see and that is left, with the name of its letter and the newer one that replaced it.
fn open(
    tx: &Tx<'_>,
    places: &Municipalities,
    granted: &Granted<'_>,
    item: ItemId,
) -> Result<(Place, Row, Option<LetterName>, Option<ItemId>), Problem> {
    let rule = Rule::of(granted, places, tx.now())?;
    let opened = items::one(tx, (granted, &rule), (Room::Grants, item), read)?;
    let mut rows = Rows::load(tx, places, granted)?;
    let (row, name) = rows.take(item).ok_or_else(|| closed(tx, granted))?;
    Ok((opened.seen.labelled.place, row, name, rows.newer.remove(&item)))
}

fn question(journal: JournalId, object: LogObject) -> Question {
    Question { journal, privilege: Privilege::ReadGrants, object }
}

/// The answer about a closed journal of which nothing is left. The line says that nothing was shown.
fn closed(tx: &Tx<'_>, granted: &Granted<'_>) -> Problem {
    let JournalState::Inactive { since } = granted.loaded.facts.journal else {
        granted.access.found_nothing(tx);
        return Problem::NotFound;
    };
    granted.access.showed_nothing(tx, RefusalCode::JournalInactive);
    Problem::Refused(Refusal::on(RefusalCode::JournalInactive, since), granted.loaded.subject.name.full())
}

/// The grants that are left for this reader, and how they hang together.
struct Rows {
    found: Vec<(Row, Option<LetterName>)>,
    /// By an older grant the newer one that took its place.
    newer: BTreeMap<ItemId, ItemId>,
    /// The journal is closed for good: only what can still be complained about is left.
    shut: bool,
}

impl Rows {
    fn load(tx: &Tx<'_>, places: &Municipalities, granted: &Granted<'_>) -> Result<Self, Problem> {
        let (rule, today) = (Rule::of(granted, places, tx.now())?, copenhagen_date(tx.now()));
        let settings = settings(places, granted)?;
        let seen = items::seen(tx, (granted, &rule), (Room::Grants, ALWAYS), |_, head| read(head))?;
        let marks = store::read_marks(tx, &granted.access, Room::Grants.code(), ALWAYS)?;
        let newer = replaced(&seen, today);
        let (journal, policy) = (granted.loaded.facts.journal, settings.inactive_journal);
        let row = |one: Seen<Head>| {
            let (id, sender) = (one.labelled.place.id, one.labelled.sender.clone());
            let head = Arc::unwrap_or_clone(one.head);
            let grant = match one.shown {
                Shown::Whole => head.grant,
                Shown::WithoutWhereabouts => head.grant.without_whereabouts(),
            };
            let deadlines = times(&grant, settings);
            let own = own(&deadlines, Recipient::of(granted.basis())).copied();
            let standing = grant.standing(today, newer.contains_key(&id));
            let row = Row { id, grant, standing, deadlines, own, read: marks.contains(&id) };
            (row, head.letter.map(|name| LetterName { sender, name }))
        };
        let left = |(row, _): &(Row, _)| is_left(journal, policy, &row.deadlines, today);
        let found = seen.into_iter().map(row).filter(left).collect();
        Ok(Self { found, newer, shut: is_shut(journal, policy, today) })
    }

    fn take(&mut self, item: ItemId) -> Option<(Row, Option<LetterName>)> {
        let at = self.found.iter().position(|(row, _)| row.id == item)?;
        Some(self.found.swap_remove(at))
    }
}

/// Which grants a newer one has taken the place of. Only what this reader may see counts: a link to anything else would
/// tell that it is there.
fn replaced(seen: &[Seen<Head>], today: Date) -> BTreeMap<ItemId, ItemId> {
    let ids: BTreeMap<(&str, &str), ItemId> = seen
        .iter()
        .map(|one| ((one.labelled.sender.as_str(), one.head.name.as_str()), one.labelled.place.id))
        .collect();
    let holds = seen.iter().filter(|one| one.head.grant.has_begun(today));
    let pairs = holds.flat_map(|one| {
        let older = |name: &String| ids.get(&(one.labelled.sender.as_str(), name.as_str())).copied();
        one.head.replaces.iter().filter_map(older).map(|older| (older, one.labelled.place.id))
    });
    pairs.filter(|(older, newer)| older != newer).collect()
}
