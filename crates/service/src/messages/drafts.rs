//! Messages on their way, kept on the server from the first question on: to whom, the words, the files. Each is bound to
//! its writer and its journal; somebody else's looks like none. What is typed is kept also where it cannot be sent yet,
//! and also where the session ended while it was typed. It refuses to begin one for who may only read.

use super::{Message, question};
use crate::access::{self, Granted};
use crate::municipalities::Municipalities;
use crate::problem::Problem;
use crate::sessions::{self, SignedIn, Token};
use crate::{App, about};
use borgerportal_domain::access::Privilege;
use borgerportal_domain::ids::{ItemId, JournalId};
use borgerportal_domain::messages::{About, Draft, Kind, MessageRefusal, Step, TEXT_MAX, typed};
use borgerportal_domain::time::Timestamp;
use borgerportal_store::attachments::{self, Attachment};
use borgerportal_store::messages as store;
use borgerportal_store::tx::Tx;

/// Drafts of one person in one journal; beginning another throws the one away that was touched longest ago.
const MOST: usize = 20;
/// What is typed beyond this many characters is not kept: nobody types so much by hand.
const KEPT_CHARS: usize = 10 * TEXT_MAX;

/// Something that was begun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Begun {
    /// What.
    pub draft: Draft,
    /// When it was touched.
    pub touched: Timestamp,
}

/// A draft with what goes with it.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// The answers so far.
    pub draft: Draft,
    /// Its files.
    pub files: Vec<Attachment>,
    /// What it answers, where this writer may still see that.
    pub answered: Option<Message>,
}

/// What a new message is to be.
#[derive(Debug, Clone)]
pub struct Wish {
    /// What for.
    pub kind: Kind,
    /// To whom; nothing where it answers something.
    pub department: Option<String>,
    /// Things it is about.
    pub about: Vec<ItemId>,
    /// What it answers.
    pub answers: Option<ItemId>,
}

/// Lets somebody write who may.
pub(crate) fn writing<'t>(
    tx: &'t Tx<'_>,
    places: &Municipalities,
    who: &SignedIn,
    (journal, item): (JournalId, Option<ItemId>),
) -> Result<Granted<'t>, Problem> {
    access::ask_to_write(tx, places, who, (question(journal, item), Privilege::ActMessages))
}

/// Before a message is begun: the things it will be about, as this reader may see them.
pub fn before<'t>(
    tx: &'t Tx<'_>,
    places: &Municipalities,
    who: &SignedIn,
    journal: JournalId,
    items: &[ItemId],
) -> Result<(Granted<'t>, Vec<About>), Problem> {
    let granted = writing(tx, places, who, (journal, None))?;
    let about = about::all(tx, places, who, &granted, items)?;
    Ok((granted, about))
}

/// Begins one. Denied: `messages.department.none`.
pub fn begin(
    tx: &Tx<'_>,
    places: &Municipalities,
    who: &SignedIn,
    journal: JournalId,
    wish: &Wish,
) -> Result<ItemId, Problem> {
    let granted = writing(tx, places, who, (journal, None))?;
    if wish.answers.is_none() {
        known(places, &granted, wish.department.as_deref())?;
    }
    if let Some(answered) = wish.answers {
        super::find(tx, places, &granted, answered)?;
    }
    for old in store::drafts(tx, &granted.access)?.iter().skip(MOST - 1) {
        forget(tx, &granted, old.0.id)?;
    }
    let about = about::all(tx, places, who, &granted, &wish.about)?;
    let id = ItemId::from_uuid(tx.mint());
    let department = wish.department.clone().filter(|_| wish.answers.is_none());
    let draft = Draft { department, about, answers: wish.answers, ..Draft::new(id, wish.kind) };
    store::begin(tx, &granted.access, &draft)?;
    Ok(id)
}

/// A department that takes messages.
fn known(places: &Municipalities, granted: &Granted<'_>, code: Option<&str>) -> Result<(), Problem> {
    let settings = access::settings(places, granted)?;
    let known = code.is_some_and(|code| settings.department.get(code).is_some());
    if known { Ok(()) } else { Err(MessageRefusal::NoDepartment.into()) }
}

/// The answers so far. [`Draft::reaches`] says which page may be shown.
pub fn load<'t>(
    tx: &'t Tx<'_>,
    places: &Municipalities,
    who: &SignedIn,
    (journal, id): (JournalId, ItemId),
) -> Result<(Granted<'t>, Loaded), Problem> {
    let granted = writing(tx, places, who, (journal, Some(id)))?;
    let draft = mine(tx, &granted, id)?;
    let files = attachments::of(tx, &granted.access, id)?;
    let answered = answered(tx, places, &granted, &draft)?;
    Ok((granted, Loaded { draft, files, answered }))
}

/// What a draft answers. It may be gone meanwhile: then the answer goes all the same.
pub(super) fn answered(
    tx: &Tx<'_>,
    places: &Municipalities,
    granted: &Granted<'_>,
    draft: &Draft,
) -> Result<Option<Message>, Problem> {
    let Some(item) = draft.answers else { return Ok(None) };
    let threads = super::threads(tx, places, granted)?;
    Ok(threads.into_iter().flat_map(|thread| thread.messages).find(|one| one.place.id == item))
}

fn mine(tx: &Tx<'_>, granted: &Granted<'_>, id: ItemId) -> Result<Draft, Problem> {
    let found = store::draft(tx, &granted.access, id)?;
    if found.is_none() {
        granted.access.found_nothing(tx);
    }
    found.ok_or(Problem::NotFound)
}

/// Chooses to whom. Denied: `messages.department.none`.
pub fn choose(
    tx: &Tx<'_>,
    places: &Municipalities,
    who: &SignedIn,
    (journal, id): (JournalId, ItemId),
    department: Option<&str>,
) -> Result<(), Problem> {
    let granted = writing(tx, places, who, (journal, Some(id)))?;
    let draft = mine(tx, &granted, id)?;
    known(places, &granted, department)?;
    if !draft.reaches(Step::Department) {
        return Err(MessageRefusal::NotYet.into());
    }
    let draft = Draft { department: department.map(str::to_owned), ..draft };
    save(tx, &granted, &draft)
}

/// Keeps the words, whatever they are. The answer is the code of what must be mended before they can be sent.
pub fn write(
    tx: &Tx<'_>,
    places: &Municipalities,
    who: &SignedIn,
    (journal, id): (JournalId, ItemId),
    (subject, text): (&str, &str),
) -> Result<Option<String>, Problem> {
    let granted = writing(tx, places, who, (journal, Some(id)))?;
    let draft = mine(tx, &granted, id)?;
    if !draft.reaches(Step::Write) {
        return Err(MessageRefusal::NotYet.into());
    }
    let cut = |text: &str| typed(text).chars().take(KEPT_CHARS).collect::<String>();
    let draft = Draft { subject: cut(subject).replace('\n', " "), text: cut(text), ..draft };
    save(tx, &granted, &draft)?;
    Ok(Draft::may_say(&draft.subject, &draft.text).err().map(|no| no.code().to_owned()))
}

fn save(tx: &Tx<'_>, granted: &Granted<'_>, draft: &Draft) -> Result<(), Problem> {
    if store::save(tx, &granted.access, draft)? { Ok(()) } else { Err(Problem::NotFound) }
}

/// Throws one away, with its files. Twice is once.
pub fn drop(
    tx: &Tx<'_>,
    places: &Municipalities,
    who: &SignedIn,
    (journal, id): (JournalId, ItemId),
) -> Result<(), Problem> {
    let granted = writing(tx, places, who, (journal, Some(id)))?;
    forget(tx, &granted, id)
}

fn forget(tx: &Tx<'_>, granted: &Granted<'_>, id: ItemId) -> Result<(), Problem> {
    let access = &granted.access;
    if store::take(tx, access, id)? {
        attachments::forget(tx, access.municipality(), access.citizen(), id)?;
    }
    Ok(())
}

/// What this reader has begun and not sent, the last touched first.
pub(super) fn begun(tx: &Tx<'_>, granted: &Granted<'_>) -> Result<Vec<Begun>, Problem> {
    let all = store::drafts(tx, &granted.access)?;
    Ok(all.into_iter().map(|(draft, touched)| Begun { draft, touched }).collect())
}

/// Lets the writer of a draft come to it, for its files.
pub fn own<'t>(
    tx: &'t Tx<'_>,
    places: &Municipalities,
    who: &SignedIn,
    (journal, id): (JournalId, ItemId),
) -> Result<Granted<'t>, Problem> {
    let granted = writing(tx, places, who, (journal, Some(id)))?;
    mine(tx, &granted, id)?;
    Ok(granted)
}

/// Keeps the words of somebody whose session ended while they wrote them: by the session they wrote them in, in a draft of
/// theirs, and for half a day. Nothing is shown and nothing is sent; `fits` finds out whether the form is the session's.
pub async fn keep_after_end(
    app: &App,
    token: &Token,
    fits: impl Fn(&[u8; 32]) -> bool + Clone + Send + Sync + 'static,
    (journal, id): (JournalId, ItemId),
    (subject, text): (String, String),
) -> Result<(), Problem> {
    let (hash, limits, places) = (token.hash(), app.limits, app.municipalities.clone());
    app.write(move |tx| {
        let who = sessions::ended(tx, &hash, &limits)?;
        if !fits(&who.session.csrf) {
            return Err(Problem::Stale);
        }
        write(tx, &places, &who, (journal, id), (&subject, &text)).map(|_| ())
    })
    .await
}
