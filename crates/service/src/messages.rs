//! Messages: the threads of a journal and one of them, for whoever may read them. What was written here and what the
//! municipality sent are items of the record; they are put together to threads each time, so that it makes no
//! difference in which order they came.

pub mod answers;
pub mod drafts;
mod send;

pub use send::{Sent, send};

use crate::access::{self, Granted, Question};
use crate::app::App;
use crate::items::{Labelled, Rule, Seen, seen_or_filtered};
use crate::municipalities::Municipalities;
use crate::problem::Problem;
use crate::sessions::{SignedIn, Token};
use borgerportal_domain::access::Privilege;
use borgerportal_domain::access_log::{LogObject, ObjectKind};
use borgerportal_domain::ids::{ItemId, JournalId, OutgoingId, PersonId};
use borgerportal_domain::items::Shown;
use borgerportal_domain::messages::{PORTAL, Said, threads as gather};
use borgerportal_domain::outgoing::OutgoingState;
use borgerportal_domain::time::Timestamp;
use borgerportal_fhir::delivery::Room;
use borgerportal_fhir::gate;
pub use borgerportal_fhir::messages::{Body, Head, Writer};
use borgerportal_fhir::messages::{body, read, written_here};
use borgerportal_store::attachments::{FileOpener, FileRow, of_item};
use borgerportal_store::items::{self as kept, Place};
use borgerportal_store::outgoing;
use borgerportal_store::record::{self, Source};
use borgerportal_store::tx::Tx;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Threads on a page of the list.
pub const PAGE: usize = 30;
/// Messages of a thread that are shown; the oldest of a longer one are left out.
const MOST: usize = 100;
/// For so long a thread without an answer stands on the front page.
const WAITS_DAYS: i64 = 30;

/// A message in a thread.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Where it stands among all.
    pub place: Place,
    /// What is known of it without opening it.
    pub head: Arc<Head>,
    /// Who delivered it; [`PORTAL`] for what was written here.
    pub sender: String,
    /// This reader has not opened it, and did not write it.
    pub new: bool,
}

impl Message {
    /// Whether the municipality wrote it.
    #[must_use]
    pub fn is_answer(&self) -> bool {
        self.head.writer == Writer::Municipality
    }

    /// Whether this person wrote it here.
    #[must_use]
    pub fn is_of(&self, person: PersonId) -> bool {
        matches!(&self.head.writer, Writer::Here { person: writer, .. } if *writer == person)
    }

    fn of(seen: Seen<Head>) -> Self {
        let mut head = seen.head;
        if seen.shown == Shown::WithoutWhereabouts {
            let head = Arc::make_mut(&mut head);
            (head.unit, head.department) = (String::new(), None);
        }
        Self { place: seen.labelled.place, head, sender: seen.labelled.sender.clone(), new: false }
    }

    /// Whether a record system tells again of what was written here.
    fn is_echo(&self, ours: &BTreeSet<String>) -> bool {
        let mut names = self.head.ours.iter().chain([&self.head.name]);
        self.sender != PORTAL && names.any(|name| ours.contains(name))
    }

    /// The name by which others know it: a sender's own are that sender's alone.
    fn name(&self) -> String {
        name(&self.sender, &self.head)
    }
}

/// Messages that belong together, oldest first; never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thread {
    /// Its messages.
    pub messages: Vec<Message>,
}

impl Thread {
    /// How it began.
    #[must_use]
    pub fn first(&self) -> Option<&Message> {
        self.messages.first()
    }

    /// What was said last.
    #[must_use]
    pub fn last(&self) -> Option<&Message> {
        self.messages.last()
    }

    /// How many this reader has not opened.
    #[must_use]
    pub fn unread(&self) -> usize {
        self.messages.iter().filter(|one| one.new).count()
    }

    /// Whether the municipality has yet to answer what was said last, and that was said after this.
    fn waits_since(&self, since: Timestamp) -> bool {
        self.last().is_some_and(|last| !last.is_answer() && last.place.sort_at >= since)
    }

    fn holds(&self, item: ItemId) -> bool {
        self.messages.iter().any(|one| one.place.id == item)
    }
}

/// One page of the list.
#[derive(Debug, Clone)]
pub struct List {
    /// The last touched first.
    pub threads: Vec<Thread>,
    /// There are older ones.
    pub more: bool,
    /// What this reader has begun and not sent.
    pub drafts: Vec<drafts::Begun>,
    /// This reader may write here.
    pub may_write: bool,
    /// Who reads.
    pub reader: PersonId,
}

/// What the front page tells of messages.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Latest {
    /// Threads with something that this reader has not opened, the last touched first.
    pub new: Vec<Thread>,
    /// Others that wait for the municipality's answer, not for long, the last touched first.
    pub waiting: Vec<Thread>,
    /// How many messages this reader has not opened, in all threads.
    pub unread: usize,
}

fn question(journal: JournalId, item: Option<ItemId>) -> Question {
    let object = match item {
        Some(item) => LogObject::one(ObjectKind::Messages, item),
        None => LogObject::page(ObjectKind::Messages),
    };
    Question { journal, privilege: Privilege::ReadMessages, object }
}

/// The list, from this page on.
pub fn list<'t>(
    tx: &'t Tx<'_>,
    places: &Municipalities,
    who: &SignedIn,
    journal: JournalId,
    page: usize,
) -> Result<(Granted<'t>, List), Problem> {
    let granted = access::ask(tx, places, who, &question(journal, None))?;
    let threads = threads(tx, places, &granted)?;
    let from = page.saturating_mul(PAGE);
    let more = threads.len() > from.saturating_add(PAGE);
    let may_write = access::may(places, who, &granted, Privilege::ActMessages, tx.now());
    let drafts = if may_write { drafts::begun(tx, &granted)? } else { Vec::new() };
    let reader = granted.access.reader();
    let threads = threads.into_iter().skip(from).take(PAGE).collect();
    Ok((granted, List { threads, more, drafts, may_write, reader }))
}

/// The threads that have something to tell, at most so many that are new and so many that wait, under an access that was
/// granted already.
pub(crate) fn latest(
    tx: &Tx<'_>,
    places: &Municipalities,
    granted: &Granted<'_>,
    (most_new, most_waiting): (usize, usize),
) -> Result<Latest, Problem> {
    let (all, since) = (All::load(tx, places, granted)?, tx.now().plus_days(-WAITS_DAYS));
    if !all.messages.iter().any(|(one, _)| one.new || one.place.sort_at >= since) {
        return Ok(Latest::default());
    }
    let threads = all.put_together(granted.access.reader()).into_iter();
    let (mut new, mut waiting): (Vec<_>, Vec<_>) = threads.partition(|thread| thread.unread() > 0);
    let unread = new.iter().map(Thread::unread).sum();
    new.truncate(most_new);
    waiting.retain(|thread| thread.waits_since(since));
    waiting.truncate(most_waiting);
    Ok(Latest { new, waiting, unread })
}

/// Every thread of which this reader may see something, the last touched first.
fn threads(tx: &Tx<'_>, places: &Municipalities, granted: &Granted<'_>) -> Result<Vec<Thread>, Problem> {
    Ok(All::load(tx, places, granted)?.put_together(granted.access.reader()))
}

/// Every message that this reader may see.
struct All {
    /// Oldest first, and also those that a parent may see if they began the thread (true).
    messages: Vec<(Message, bool)>,
    /// Which belong together, by their places.
    threads: Arc<Vec<Vec<usize>>>,
}

impl All {
    fn load(tx: &Tx<'_>, places: &Municipalities, granted: &Granted<'_>) -> Result<Self, Problem> {
        let rule = Rule::of(granted, places, tx.now())?;
        // Oldest first: what somebody wrote here stands before what a record system tells of it again.
        let belong = |found: &[(Arc<Labelled>, Arc<Head>)]| {
            gather(&found.iter().rev().map(|(one, head)| said(&one.sender, head)).collect::<Vec<_>>())
        };
        let read = |_: &Labelled, head: &[u8]| read(head);
        let (seen, threads) = seen_or_filtered(tx, (granted, &rule), Room::Messages, read, belong)?;
        let opened = match (seen.first(), seen.last()) {
            (Some((newest, _)), Some((oldest, _))) => {
                let times = oldest.labelled.place.sort_at..=newest.labelled.place.sort_at;
                kept::read_marks(tx, &granted.access, Room::Messages.code(), times)?
            }
            _ => BTreeSet::new(),
        };
        let (reader, is_own) = (granted.access.reader(), granted.basis().is_own());
        let message = |(seen, filtered): (Seen<Head>, bool)| {
            let mut one = Message::of(seen);
            let own = one.is_of(reader) || (is_own && one.head.writer == Writer::Citizen);
            one.new = !opened.contains(&one.place.id) && !own;
            (one, filtered)
        };
        Ok(Self { messages: seen.into_iter().rev().map(message).collect(), threads })
    }

    /// As threads, the last touched first. What a parent may not see of a young person's threads is left out, and what of
    /// ours came back stands once.
    fn put_together(self, reader: PersonId) -> Vec<Thread> {
        let of_ours = self.messages.iter().filter(|(one, _)| one.sender == PORTAL);
        let ours: BTreeSet<String> = of_ours.map(|(one, _)| one.head.name.clone()).collect();
        let mut all: Vec<Option<(Message, bool)>> = self.messages.into_iter().map(Some).collect();
        let mut threads: Vec<Thread> = Vec::with_capacity(self.threads.len());
        for places in &*self.threads {
            let found = places.iter().filter_map(|at| all.get_mut(*at).and_then(Option::take));
            let mut begun_by_reader = None;
            let shown = |(one, filtered): (Message, bool)| {
                if one.is_echo(&ours) {
                    return None;
                }
                let begun = *begun_by_reader.get_or_insert_with(|| one.is_of(reader));
                (begun || !filtered).then_some(one)
            };
            let messages: Vec<Message> = found.filter_map(shown).collect();
            if !messages.is_empty() {
                threads.push(Thread { messages });
            }
        }
        threads.sort_by_key(|thread| std::cmp::Reverse(thread.last().map(|one| one.place)));
        threads
    }
}

/// The names that tie a message to others. Names that were given here mean the same whoever says them.
fn said(sender: &str, head: &Head) -> Said {
    let mut names = vec![name(sender, head)];
    names.extend(head.ours.iter().cloned());
    names.extend(written_here(&head.name).map(|_| head.name.clone()));
    let answers = head.answers.iter().map(|name| {
        let ours = sender == PORTAL || written_here(name).is_some();
        if ours { name.clone() } else { format!("{sender} {name}") }
    });
    Said { names, answers: answers.collect() }
}

/// A message's own name: a sender's are that sender's alone.
fn name(sender: &str, head: &Head) -> String {
    if sender == PORTAL { head.name.clone() } else { format!("{sender} {}", head.name) }
}

/// A thread, opened.
pub struct Opened {
    /// The thread.
    pub thread: Thread,
    /// What its messages say, in their order.
    pub said: Vec<Says>,
    /// This reader may write here.
    pub may_write: bool,
    /// Who reads.
    pub reader: PersonId,
}

/// What a message says.
#[derive(Debug, Clone)]
pub struct Says {
    /// Text and names of files.
    pub body: Body,
    /// Its files.
    pub files: Vec<FileRow>,
    /// How far it has come on its way to the municipality; nothing where it needs none.
    pub way: Option<OutgoingState>,
}

/// Opens the thread that holds a message, and notes that this reader has.
pub fn thread<'t>(
    tx: &'t Tx<'_>,
    places: &Municipalities,
    who: &SignedIn,
    (journal, item): (JournalId, ItemId),
) -> Result<(Granted<'t>, Opened), Problem> {
    let granted = access::ask(tx, places, who, &question(journal, Some(item)))?;
    let thread = find(tx, places, &granted, item)?;
    let said = thread.messages.iter().map(|one| says(tx, &granted, one)).collect::<Result<_, _>>()?;
    for one in thread.messages.iter().filter(|one| one.new) {
        mark(tx, &granted, one)?;
    }
    let may_write = access::may(places, who, &granted, Privilege::ActMessages, tx.now());
    let reader = granted.access.reader();
    Ok((granted, Opened { thread, said, may_write, reader }))
}

/// The thread that holds this message, if this reader may see it; of a long one the newest.
fn find(
    tx: &Tx<'_>,
    places: &Municipalities,
    granted: &Granted<'_>,
    item: ItemId,
) -> Result<Thread, Problem> {
    let found = threads(tx, places, granted)?.into_iter().find(|thread| thread.holds(item));
    let Some(mut thread) = found else {
        granted.access.found_nothing(tx);
        return Err(Problem::NotFound);
    };
    let long = thread.messages.len().saturating_sub(MOST);
    thread.messages.drain(..long);
    Ok(thread)
}

/// Opens a message that was found already. The third gate stands here, for what arrived.
fn says(tx: &Tx<'_>, granted: &Granted<'_>, one: &Message) -> Result<Says, Problem> {
    let id = one.place.id;
    let found = kept::one(tx, &granted.access, (Room::Messages.code(), id), &|_| true)?;
    let found = found.filter(|found| one.sender == PORTAL || gate::may_show(&found.body));
    let files = if one.head.files > 0 { of_item(tx, &granted.access, id)? } else { Vec::new() };
    let sent = one.sender == PORTAL && !one.is_answer();
    let way =
        if sent { outgoing::state(tx, &granted.access, OutgoingId::from_uuid(id.uuid()))? } else { None };
    Ok(Says { body: found.map(|found| body(&found.body)).unwrap_or_default(), files, way })
}

/// Notes that a message was read, here and among the documents.
fn mark(tx: &Tx<'_>, granted: &Granted<'_>, one: &Message) -> Result<(), Problem> {
    kept::mark_read(tx, &granted.access, Room::Messages.code(), one.place);
    let twin = if one.sender == PORTAL {
        Some(send::document_of(one.place.id))
    } else {
        let id = format!("{}#message", one.head.name.rsplit('/').next().unwrap_or_default());
        let source = Source { sender: &one.sender, kind: "Communication", id: &id };
        let known = record::known(tx, granted.access.municipality(), source)?;
        known.filter(|known| known.citizen == granted.access.citizen()).map(|known| known.item)
    };
    if let Some(id) = twin {
        kept::mark_read(tx, &granted.access, Room::Documents.code(), Place { id, ..one.place });
    }
    Ok(())
}

/// A file of a message: decided and logged once, before it is fetched.
pub async fn file(
    app: &App,
    token: &Token,
    (journal, item): (JournalId, ItemId),
    number: usize,
) -> Result<crate::attachments::File, Problem> {
    let places = app.municipalities.clone();
    let (name, row, opener) = app
        .read_as(token, move |tx, who| {
            let granted = access::ask(tx, &places, who, &question(journal, Some(item)))?;
            let thread = find(tx, &places, &granted, item)?;
            let one = thread.messages.iter().find(|one| one.place.id == item).ok_or(Problem::NotFound)?;
            let Says { body, files, .. } = says(tx, &granted, one)?;
            let row = files.into_iter().nth(number).ok_or(Problem::NotFound)?;
            let name = body.files.into_iter().nth(number).unwrap_or_default();
            // The ending is put there again by what the file is.
            let name = name.rsplit_once('.').map_or(name.clone(), |(stem, _)| stem.to_owned());
            Ok((name, row, FileOpener::of(&granted.access)))
        })
        .await?;
    crate::attachments::fetch(app, name, row, opener).await
}

#[cfg(test)]
mod tests;
