//! Messages from the municipality: told when one arrives at the record's door, and written by the site where staff answer.
//! Whoever wrote what it answers, and the citizen, are told that there is something to read, never what. It refuses to
//! tell somebody of what they may not see, and of what is old news.

use super::send::{FOR_ALL, keep};
use crate::access::Granted;
use crate::municipalities::Municipalities;
use crate::problem::Problem;
use crate::{language, news, outbox};
use borgerportal_domain::access::{Basis, Caller, Facts, Level, Privilege, RefusalCode, Role, decide};
use borgerportal_domain::documents::DocumentType;
use borgerportal_domain::ids::{ItemId, JournalId, PersonId};
use borgerportal_domain::items::{Area, Hidden, Item, ItemKind, Viewing, Visibility, may_show};
use borgerportal_domain::messages::{Kind, PORTAL, beginning};
use borgerportal_domain::municipality::{Module, Settings};
use borgerportal_domain::notices::{Cause, Channels, Notice, NoticeKind, Says};
use borgerportal_domain::time::{Timestamp, copenhagen_date};
use borgerportal_fhir::messages::{Author, Head, Writer, Written, written_here};
use borgerportal_store::facts::{self, Asked};
use borgerportal_store::record::Writing;
use borgerportal_store::tx::Tx;

/// What was said longer ago is no news: a record system that delivers all it has tells nobody of all of it.
const NEWS_DAYS: i64 = 3;
/// Characters of the words that stand for a missing subject.
const TITLE: usize = 60;

/// A message that arrived.
pub(crate) struct Arrived<'a> {
    /// Its head.
    pub(crate) head: &'a Head,
    /// When it was sent.
    pub(crate) sent: Timestamp,
    /// Its labels.
    pub(crate) visibility: &'a Visibility,
    /// Which record system.
    pub(crate) sender: &'a str,
    /// Where it belongs.
    pub(crate) area: Area,
}

/// Tells the citizen, and whoever wrote what it answers, of a message that arrived for the first time.
pub(crate) fn arrived(
    tx: &Tx<'_>,
    places: &Municipalities,
    journal: &Writing,
    one: &Arrived<'_>,
) -> Result<(), Problem> {
    if one.head.writer != Writer::Municipality || one.sent < tx.now().plus_days(-NEWS_DAYS) {
        return Ok(());
    }
    let mut people = vec![journal.citizen];
    for message in one.head.answers.iter().filter_map(|name| written_here(name)) {
        people.extend(journal.writer_of(tx, message)?);
    }
    people.sort_unstable();
    people.dedup();
    for person in people {
        if sees(tx, places, (journal.journal, person), one)? {
            tell(tx, person)?;
        }
    }
    Ok(())
}

/// A notice without a word of what it is about.
fn tell(tx: &Tx<'_>, recipient: PersonId) -> Result<(), Problem> {
    let says = Says { language: language::of(tx, recipient)?, ..Says::default() };
    let (kind, cause, channels) = (NoticeKind::MessageArrived, Cause::default(), Channels::DigitalPost);
    outbox::put(tx, &Notice { recipient, kind, cause, channels, says })?;
    Ok(())
}

/// Whether somebody could read it now.
fn sees(
    tx: &Tx<'_>,
    places: &Municipalities,
    (journal, person): (JournalId, PersonId),
    one: &Arrived<'_>,
) -> Result<bool, Problem> {
    let Asked::Found(loaded) = facts::load(tx, journal, person)? else { return Ok(false) };
    let facts = &loaded.facts;
    let Some(settings) = places.get(facts.municipality) else { return Ok(false) };
    let Some(basis) = comes(settings, facts, person, tx.now()) else { return Ok(false) };
    let viewing = Viewing::new(&basis, facts.subject.protected, facts.journal, settings, tx.now());
    let item = Item {
        kind: ItemKind::Document(DocumentType::Message),
        area: one.area,
        sender: one.sender,
        dated: copenhagen_date(one.sent),
        received_at: tx.now(),
        visibility: one.visibility,
    };
    // A parent who is here wrote what it answers: their own thread is not filtered.
    Ok(matches!(may_show(&item, &viewing), Ok(_) | Err(Hidden::YouthFilter)))
}

/// On which basis somebody would come to read it. The register is not asked for a notice: custody that was known and has
/// grown old is asked for again before anything is shown.
fn comes(settings: &Settings, facts: &Facts, person: PersonId, now: Timestamp) -> Option<Basis> {
    if !settings.modules.has(Module::Messages) {
        return None;
    }
    let caller = Caller {
        actor: person,
        role: Role::Relative,
        municipality: Some(settings.municipality),
        level: Level::Substantial,
        authenticated_at: now,
        claims: Vec::new(),
    };
    match decide(&caller, facts, &settings.policy(), Privilege::ReadMessages, now) {
        Ok(basis) => Some(basis),
        Err(no) if no.kind() == RefusalCode::CustodyStale => {
            Some(Basis::Custody { last_day: copenhagen_date(now), youth: None })
        }
        Err(_) => None,
    }
}

/// What somebody of the municipality writes.
#[derive(Debug, Clone)]
pub struct Reply {
    /// Its name, made by whoever asks: the same reply twice is one.
    pub message: ItemId,
    /// Any message of the thread; nothing begins one.
    pub answers: Option<ItemId>,
    /// The department's code.
    pub department: String,
    /// In few words; may be empty in an answer.
    pub subject: String,
    /// What it says.
    pub text: String,
}

/// Writes a message from a department into a journal that staff were granted, and tells whoever it is for. Denied as what
/// a citizen writes: `messages.*`.
pub fn reply(
    tx: &Tx<'_>,
    places: &Municipalities,
    granted: &Granted<'_>,
    reply: &Reply,
) -> Result<(), Problem> {
    use borgerportal_domain::messages::{Draft, MessageRefusal};
    let settings = crate::access::settings(places, granted)?;
    let department = settings.department.get(&reply.department).ok_or(MessageRefusal::NoDepartment)?;
    Draft::may_say(&reply.subject, &reply.text)?;
    let title = if reply.subject.is_empty() { beginning(&reply.text, TITLE) } else { reply.subject.clone() };
    let answers = reply.answers.map(borgerportal_fhir::messages::name);
    let written = Written {
        id: reply.message,
        kind: Kind::Question,
        title: &title,
        text: &reply.text,
        sent: tx.now(),
        answers: answers.as_deref(),
        about: &[],
        department: (Some(&department.code), &department.name_da),
        writer: Author::Municipality,
        files: &[],
    };
    let head = written.head(Writer::Municipality, answers.clone().into_iter().collect());
    keep(tx, granted, (&written, &head), (&granted.loaded.subject.name.full(), department.area))?;
    let arrived_here =
        Arrived { head: &head, sent: tx.now(), visibility: &FOR_ALL, sender: PORTAL, area: department.area };
    news::written(tx, granted.access.journal(), reply.message)?;
    arrived(tx, places, &granted.access.writing(), &arrived_here)
}
