//! Hjælpemidler: what is on loan and on its way, what was granted, what was applied for and how far that has come; and
//! asking for a repair or to have something fetched. Applying is a room of pages of its own. It refuses what the
//! municipality's mode leaves out, and to ask the same twice while it is open.

mod apply;
mod ask;
mod document;
mod receipt;
mod tell;
mod words;

pub use apply::{
    Sent, Writing, begin, draft, drop_draft, may_write, said, save_answers, save_why, see_files, send,
    withdraw,
};
pub use ask::ask;
pub use receipt::receipt;
pub use words::{aim, lasting, occasion};

use crate::access::{self, Granted, Question, settings};
use crate::items::{ALWAYS, Rule, seen};
use crate::municipalities::Municipalities;
use crate::problem::Problem;
use crate::sessions::SignedIn;
use borgerportal_domain::access::Privilege;
use borgerportal_domain::access_log::{LogObject, ObjectKind};
use borgerportal_domain::aids::{self as rules, AskKind, Draft, Loan, Stage, Told};
use borgerportal_domain::ids::{ItemId, JournalId, OutgoingId};
use borgerportal_domain::municipality::Aids;
use borgerportal_domain::outgoing::{OutgoingState, Progress};
use borgerportal_domain::time::{Date, Timestamp};
use borgerportal_fhir::aids::Head;
use borgerportal_fhir::delivery::Room;
use borgerportal_store::aids as store;
pub use borgerportal_store::attachments::Attachment;
use borgerportal_store::outgoing;
/// What an errand runs in.
pub use borgerportal_store::tx::Tx;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Everything of the area that this reader may see.
pub struct Overview {
    /// What the municipality offers.
    pub offers: Aids,
    /// On loan, and on their way.
    pub loans: Vec<Lent>,
    /// What was granted, what is in force first.
    pub granted: Vec<rules::Granted>,
    /// What was applied for, newest first.
    pub applications: Vec<Application>,
    /// What this reader has begun to write.
    pub drafts: Vec<Begun>,
    /// Whether this reader may also act.
    pub may_act: bool,
}

/// An aid on loan, with what was asked about it.
#[derive(Clone)]
pub struct Lent {
    /// The loan.
    pub loan: Loan<ItemId>,
    /// What was asked, newest first.
    pub asked: Vec<Asked>,
}

/// Something that was asked about a loan.
#[derive(Clone, Debug)]
pub struct Asked {
    /// What.
    pub kind: AskKind,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: String,
    /// What they wrote.
    pub note: String,
    /// Where it is.
    pub state: OutgoingState,
    /// How far the municipality says it has come.
    pub last: Option<Progress>,
}

impl Asked {
    /// Whether it still waits to be done.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        let done = matches!(self.last, Some(Progress::Completed | Progress::Cancelled));
        !done && !matches!(self.state, OutgoingState::Refused { .. })
    }
}

impl Lent {
    /// Whether this can be asked for now.
    #[must_use]
    pub fn may_ask(&self, kind: AskKind) -> bool {
        self.loan.step().may_ask(kind) && self.open(kind).is_none()
    }

    /// What was asked and still waits.
    #[must_use]
    pub fn open(&self, kind: AskKind) -> Option<&Asked> {
        self.asked.iter().find(|asked| asked.kind == kind && asked.is_open())
    }
}

/// A draft of this reader.
#[derive(Clone, Debug)]
pub struct Begun {
    /// Which.
    pub id: ItemId,
    /// Touched last.
    pub at: Timestamp,
    /// What it says so far.
    pub draft: Draft,
}

/// A step of an application's way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Passed {
    /// When.
    pub at: Timestamp,
    /// How far.
    pub stage: Stage,
}

/// An application that was sent.
#[derive(Clone, Debug)]
pub struct Application {
    /// Which.
    pub id: ItemId,
    /// When it was sent.
    pub at: Timestamp,
    /// As it was sent.
    pub content: Content,
    /// How far it has come.
    pub stage: Stage,
    /// Every step with its date, first step first.
    pub passed: Vec<Passed>,
}

/// An application as it was sent, in the words that were shown then.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Content {
    /// The number on the receipt.
    pub number: String,
    /// The kind, by its code.
    pub code: String,
    /// The kind in Danish and English.
    pub kind: [String; 2],
    /// Questions and answers, in Danish and English.
    pub said: Vec<Said>,
    /// Names of the files that went along.
    pub files: Vec<String>,
    /// For whom.
    pub of: String,
    /// Who sent it.
    pub by: String,
    /// The code of the basis.
    pub basis: String,
    /// The last day of the promised answer.
    pub answer_by: String,
}

impl Content {
    /// The last day of the promised answer.
    #[must_use]
    pub fn answer_by(&self) -> Option<Date> {
        self.answer_by.parse().ok()
    }
}

/// A question and its answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// What record systems call the question.
    pub code: String,
    /// The question in Danish and English.
    pub question: [String; 2],
    /// The answer in Danish and English.
    pub answer: [String; 2],
}

fn question(journal: JournalId, privilege: Privilege, item: Option<ItemId>) -> Question {
    let page = || LogObject::page(ObjectKind::Aids);
    let object = item.map_or_else(page, |item| LogObject::one(ObjectKind::Aids, item));
    Question { journal, privilege, object }
}

/// The area as this reader may see it.
pub fn overview<'t>(
    tx: &'t Tx<'_>,
    places: &Municipalities,
    who: &SignedIn,
    journal: JournalId,
) -> Result<(Granted<'t>, Overview), Problem> {
    let granted = access::ask(tx, places, who, &question(journal, Privilege::ReadAids, None))?;
    let overview = all(tx, places, who, &granted)?;
    Ok((granted, overview))
}

fn all(
    tx: &Tx<'_>,
    places: &Municipalities,
    who: &SignedIn,
    granted: &Granted<'_>,
) -> Result<Overview, Problem> {
    let offers = settings(places, granted)?.aids.clone();
    let told = told(tx, places, granted)?;
    let may_act = access::may(places, who, granted, Privilege::ActAids, tx.now());
    let (mut loans, mut in_force, mut applications, mut drafts) = Default::default();
    if offers.has_loans() {
        loans = lent(tx, granted, &told)?;
    }
    if offers.has_applications() {
        in_force = in_order(told);
        applications = sent(tx, granted)?;
        drafts = apply::begun(tx, granted)?;
    }
    Ok(Overview { offers, loans, granted: in_force, applications, drafts, may_act })
}

/// What the record tells of aids.
fn told(tx: &Tx<'_>, places: &Municipalities, granted: &Granted<'_>) -> Result<Vec<(ItemId, Told)>, Problem> {
    let rule = Rule::of(granted, places, tx.now())?;
    let seen = seen(tx, (granted, &rule), (Room::Aids, ALWAYS), |_, head| Head::read(head).map(Head::told))?;
    Ok(seen.into_iter().map(|one| (one.labelled.place.id, Arc::unwrap_or_clone(one.head))).collect())
}

fn in_order(told: Vec<(ItemId, Told)>) -> Vec<rules::Granted> {
    let granted = told.into_iter().filter_map(|(_, told)| match told {
        Told::Granted(granted) => Some(granted),
        Told::Lent(_) | Told::Device(_) | Told::Comes(_) => None,
    });
    let mut granted: Vec<_> = granted.collect();
    granted.sort_by_key(|one| (one.over, std::cmp::Reverse(one.from)));
    granted
}

fn lent(tx: &Tx<'_>, granted: &Granted<'_>, told: &[(ItemId, Told)]) -> Result<Vec<Lent>, Problem> {
    let asked = ask::asked(tx, granted)?;
    let of = |loan: Loan<ItemId>| {
        let about = asked.iter().filter(|(about, _)| *about == loan.item);
        Lent { asked: about.map(|(_, asked)| asked.clone()).collect(), loan }
    };
    Ok(rules::loans(told.iter().cloned()).into_iter().map(of).collect())
}

/// One loan.
pub fn loan<'t>(
    tx: &'t Tx<'_>,
    places: &Municipalities,
    who: &SignedIn,
    (journal, item): (JournalId, ItemId),
) -> Result<(Granted<'t>, (Lent, bool)), Problem> {
    let granted = access::ask(tx, places, who, &question(journal, Privilege::ReadAids, Some(item)))?;
    let may_act = access::may(places, who, &granted, Privilege::ActAids, tx.now());
    let found = one_loan(tx, places, &granted, item)?;
    Ok((granted, (found, may_act)))
}

fn one_loan(
    tx: &Tx<'_>,
    places: &Municipalities,
    granted: &Granted<'_>,
    item: ItemId,
) -> Result<Lent, Problem> {
    let has_loans = settings(places, granted)?.aids.has_loans();
    let loans = if has_loans { lent(tx, granted, &told(tx, places, granted)?)? } else { Vec::new() };
    let found = loans.into_iter().find(|lent| lent.loan.item == item);
    if found.is_none() {
        granted.access.found_nothing(tx);
    }
    found.ok_or(Problem::NotFound)
}

/// One application that was sent, and whether this reader may take it back.
pub fn application<'t>(
    tx: &'t Tx<'_>,
    places: &Municipalities,
    who: &SignedIn,
    (journal, id): (JournalId, ItemId),
) -> Result<(Granted<'t>, (Application, bool)), Problem> {
    let granted = access::ask(tx, places, who, &question(journal, Privilege::ReadAids, Some(id)))?;
    let may_act = access::may(places, who, &granted, Privilege::ActAids, tx.now());
    let found = one_application(tx, places, &granted, id)?;
    Ok((granted, (found, may_act)))
}

fn one_application(
    tx: &Tx<'_>,
    places: &Municipalities,
    granted: &Granted<'_>,
    id: ItemId,
) -> Result<Application, Problem> {
    let is_on = settings(places, granted)?.aids.has_applications();
    let kept = if is_on { store::application(tx, &granted.access, id)? } else { None };
    let read = kept.map(|kept| read_application(tx, granted, &kept)).transpose()?;
    if read.is_none() {
        granted.access.found_nothing(tx);
    }
    read.ok_or(Problem::NotFound)
}

/// Every application of this journal. Whoever may read of aids sees them all, as among the documents: no filter for parents
/// of young people holds an application back, and an inactive journal that shows letters only shows nothing of aids.
fn sent(tx: &Tx<'_>, granted: &Granted<'_>) -> Result<Vec<Application>, Problem> {
    let kept = store::applications(tx, &granted.access)?;
    kept.iter().map(|one| read_application(tx, granted, one)).collect()
}

/// The name by which the record system knows an application.
const fn told_as(id: ItemId) -> OutgoingId {
    OutgoingId::from_bytes(id.into_bytes())
}

fn read_application(
    tx: &Tx<'_>,
    granted: &Granted<'_>,
    kept: &store::Application,
) -> Result<Application, Problem> {
    let content: Content = serde_json::from_slice(&kept.content).map_err(|_| Problem::Away("record"))?;
    let name = told_as(kept.id);
    let told = outgoing::state(tx, &granted.access, name)?.ok_or(Problem::Away("record"))?;
    let steps = outgoing::steps(tx, &granted.access, name)?;
    let last = steps.iter().rev().find_map(|step| step.progress);
    let stage = Stage::of(&told, last, kept.withdrawal.is_some());
    let mut passed = passed(kept.at, &told, &steps);
    if stage == Stage::Withdrawn {
        passed.retain(|one| one.stage != stage);
        passed.push(Passed { at: taken_back_at(kept), stage });
    }
    Ok(Application { id: kept.id, at: kept.at, content, stage, passed })
}

/// A name of ours tells when it was made.
fn taken_back_at(kept: &store::Application) -> Timestamp {
    let millis = kept.withdrawal.map(|id| id.uuid().as_u64_pair().0 >> 16);
    millis.and_then(|millis| i64::try_from(millis).ok()).map_or(kept.at, Timestamp::from_millis)
}

/// The steps people understand, each once, with its date.
fn passed(sent_at: Timestamp, state: &OutgoingState, steps: &[outgoing::Step]) -> Vec<Passed> {
    let mut passed = vec![Passed { at: sent_at, stage: Stage::Sent }];
    let mut add = |at, stage| {
        if passed.last().is_none_or(|last: &Passed| last.stage != stage) {
            passed.push(Passed { at, stage });
        }
    };
    for step in steps {
        let delivered = OutgoingState::Delivered { at: step.at };
        match step.progress {
            Some(Progress::Rejected | Progress::Failed) => add(step.at, Stage::Rejected),
            Some(progress) => add(step.at, Stage::of(&delivered, Some(progress), false)),
            None if step.arrived => add(step.at, Stage::Received),
            None => {}
        }
    }
    if let OutgoingState::GivenUp { at } = state {
        add(*at, Stage::Undelivered);
    }
    passed
}
