//! Applying for an aid: a draft on the server from the first question on, its writer's alone; sent once, however often and
//! from however many pages; taken back while nobody has decided. It refuses kinds that the municipality does not offer.

use super::document;
use super::receipt::{self, Head};
use super::tell::{more, tell};
use super::{Begun, Content, Said, question, told_as};
use crate::access::{self, Granted, settings};
use crate::app::App;
use crate::municipalities::Municipalities;
use crate::problem::Problem;
use crate::sessions::{SignedIn, Token};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use borgerportal_domain::access::Privilege;
use borgerportal_domain::aids::{Answers, ApplyRefusal, Draft, Why};
use borgerportal_domain::ids::{ErrandId, ItemId, JournalId, OutgoingId};
use borgerportal_domain::municipality::{AidKind, MunicipalityCode};
use borgerportal_domain::outgoing::OutgoingKind;
use borgerportal_domain::time::copenhagen_date;
use borgerportal_i18n::Lang;
use borgerportal_store::aids as store;
use borgerportal_store::attachments::{self, Attachment};
use borgerportal_store::tx::Tx;
use serde::{Deserialize, Serialize};

/// Drafts of one person in one journal; beginning another throws the one away that was touched longest ago.
const MOST: usize = 10;

/// A draft with what goes with it.
#[derive(Clone, Debug)]
pub struct Writing {
    /// Which.
    pub id: ItemId,
    /// What it says so far.
    pub draft: Draft,
    /// The kind, as the municipality has it now.
    pub kind: AidKind,
    /// Its files.
    pub files: Vec<Attachment>,
}

/// An application that was sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sent {
    /// Which.
    pub application: ItemId,
}

/// Lets somebody write who may.
fn writing<'t>(
    tx: &'t Tx<'_>,
    places: &Municipalities,
    who: &SignedIn,
    (journal, item): (JournalId, Option<ItemId>),
) -> Result<Granted<'t>, Problem> {
    let read = question(journal, Privilege::ReadAids, item);
    access::ask_to_write(tx, places, who, (read, Privilege::ActAids))
}

/// Lets the writer of a draft come to its files.
pub fn may_write<'t>(
    tx: &'t Tx<'_>,
    places: &Municipalities,
    who: &SignedIn,
    (journal, id): (JournalId, ItemId),
) -> Result<Granted<'t>, Problem> {
    let granted = writing(tx, places, who, (journal, Some(id)))?;
    load(tx, places, &granted, id)?;
    Ok(granted)
}

/// What this reader has begun.
pub(super) fn begun(tx: &Tx<'_>, granted: &Granted<'_>) -> Result<Vec<Begun>, Problem> {
    let read = |one: store::Draft| Ok(Begun { id: one.id, at: one.at, draft: content(&one.content)? });
    store::drafts(tx, &granted.access)?.into_iter().map(read).collect()
}

fn content(bytes: &[u8]) -> Result<Draft, Problem> {
    serde_json::from_slice(bytes).map_err(|_| Problem::Away("record"))
}

fn save(tx: &Tx<'_>, granted: &Granted<'_>, id: ItemId, draft: &Draft) -> Result<(), Problem> {
    let bytes = serde_json::to_vec(draft).map_err(|_| Problem::Away("record"))?;
    Ok(store::save_draft(tx, &granted.access, id, &bytes)?)
}

/// Begins one. Denied: `aids.apply.kind_gone`.
pub fn begin(
    tx: &Tx<'_>,
    places: &Municipalities,
    who: &SignedIn,
    journal: JournalId,
    kind: &str,
) -> Result<ItemId, Problem> {
    let granted = writing(tx, places, who, (journal, None))?;
    settings(places, &granted)?.aids.kind(kind).ok_or(ApplyRefusal::KindGone)?;
    for old in store::drafts(tx, &granted.access)?.iter().skip(MOST - 1) {
        forget(tx, &granted, old.id)?;
    }
    let id = ItemId::from_uuid(tx.mint());
    save(tx, &granted, id, &Draft::new(kind.to_owned()))?;
    Ok(id)
}

fn load(tx: &Tx<'_>, places: &Municipalities, granted: &Granted<'_>, id: ItemId) -> Result<Writing, Problem> {
    let Some(kept) = store::draft(tx, &granted.access, id)? else {
        granted.access.found_nothing(tx);
        return Err(Problem::NotFound);
    };
    let draft = content(&kept.content)?;
    let kind = settings(places, granted)?.aids.kind(&draft.kind).ok_or(ApplyRefusal::KindGone)?.clone();
    let files = attachments::of(tx, &granted.access, id)?;
    Ok(Writing { id, draft, kind, files })
}

/// The answers so far.
pub fn draft<'t>(
    tx: &'t Tx<'_>,
    places: &Municipalities,
    who: &SignedIn,
    (journal, id): (JournalId, ItemId),
) -> Result<(Granted<'t>, Writing), Problem> {
    let granted = writing(tx, places, who, (journal, Some(id)))?;
    let writing = load(tx, places, &granted, id)?;
    Ok((granted, writing))
}

/// Keeps an answer, also one that cannot be sent yet. Denied, with the answer kept: `aids.apply.*`.
fn change(
    (tx, places, who): (&Tx<'_>, &Municipalities, &SignedIn),
    (journal, id): (JournalId, ItemId),
    change: impl FnOnce(&mut Writing),
) -> Result<String, Problem> {
    let granted = writing(tx, places, who, (journal, Some(id)))?;
    let mut writing = load(tx, places, &granted, id)?;
    change(&mut writing);
    save(tx, &granted, id, &writing.draft)?;
    Ok(writing.draft.step().code().to_owned())
}

/// Keeps why it is needed; gives the code of the next step.
pub fn save_why(
    tx: &Tx<'_>,
    places: &Municipalities,
    who: &SignedIn,
    (journal, id): (JournalId, ItemId),
    why: &Why,
) -> Result<String, Problem> {
    why.check()?;
    change((tx, places, who), (journal, id), |writing| writing.draft.why = Some(why.clone()))
}

/// Keeps what the municipality asks about the kind; gives the code of the next step.
pub fn save_answers(
    tx: &Tx<'_>,
    places: &Municipalities,
    who: &SignedIn,
    (journal, id): (JournalId, ItemId),
    answers: &Answers,
) -> Result<String, Problem> {
    change((tx, places, who), (journal, id), |writing| writing.draft.answers = Some(answers.clone()))
}

/// Goes on from the files.
pub fn see_files(
    tx: &Tx<'_>,
    places: &Municipalities,
    who: &SignedIn,
    (journal, id): (JournalId, ItemId),
) -> Result<String, Problem> {
    change((tx, places, who), (journal, id), |writing| writing.draft.files_seen = true)
}

/// Throws a draft away, with its files. Twice is once.
pub fn drop_draft(
    tx: &Tx<'_>,
    places: &Municipalities,
    who: &SignedIn,
    (journal, id): (JournalId, ItemId),
) -> Result<(), Problem> {
    let granted = writing(tx, places, who, (journal, Some(id)))?;
    forget(tx, &granted, id)
}

fn forget(tx: &Tx<'_>, granted: &Granted<'_>, id: ItemId) -> Result<(), Problem> {
    if store::take_draft(tx, &granted.access, id)? {
        attachments::forget(tx, granted.access.municipality(), granted.access.citizen(), id)?;
    }
    Ok(())
}

/// What is about to be sent.
enum Ready {
    /// A draft that says everything, and what it becomes.
    Draft(Box<(Writing, Content, MunicipalityCode)>),
    /// It was sent before.
    Before,
}

/// Sends a draft: it becomes an application, a document among the others, and something to be told to the record system, in
/// one transaction and once. Denied: `aids.apply.*`.
pub async fn send(
    app: &App,
    (token, named): (&Token, (&str, ErrandId)),
    (journal, id): (JournalId, ItemId),
    may_ask: impl Fn(&SignedIn) -> Result<(), Problem> + Clone + Send + Sync + 'static,
) -> Result<Sent, Problem> {
    let (places, may) = (app.municipalities.clone(), may_ask.clone());
    let ready = app.read_as(token, move |tx, who| {
        may(who)?;
        ready(tx, &places, who, (journal, id))
    });
    let Ready::Draft(it) = ready.await? else { return Ok(Sent { application: id }) };
    let (writing, content, place) = *it;
    // Setting a page takes milliseconds: not on the thread that all writes wait for.
    let (said, settings) = (content.clone(), app.municipalities.clone());
    let head = Head { place, site: receipt::site(app), at: app.clock.now(), lang: Lang::Da };
    let pdf = tokio::task::spawn_blocking(move || receipt::print(&said, &settings, &head));
    let pdf = BASE64_STANDARD.encode(pdf.await.map_err(|_| Problem::Away("print"))??);
    let places = app.municipalities.clone();
    let write = move |tx: &Tx<'_>, who: &SignedIn| {
        let granted = access::ask(tx, &places, who, &question(journal, Privilege::ActAids, Some(id)))?;
        let now = load(tx, &places, &granted, id);
        match now {
            Ok(now) if now.draft == writing.draft && now.files == writing.files => {}
            Ok(_) => return Err(Problem::Stale),
            Err(Problem::NotFound) if store::application(tx, &granted.access, id)?.is_some() => {
                return Ok(Sent { application: id });
            }
            Err(problem) => return Err(problem),
        }
        put(tx, &granted, (&writing, &content), &pdf)?;
        Ok(Sent { application: id })
    };
    app.write_as(token, named, may_ask, write).await
}

fn ready(
    tx: &Tx<'_>,
    places: &Municipalities,
    who: &SignedIn,
    (journal, id): (JournalId, ItemId),
) -> Result<Ready, Problem> {
    let granted = writing(tx, places, who, (journal, Some(id)))?;
    if store::draft(tx, &granted.access, id)?.is_none()
        && store::application(tx, &granted.access, id)?.is_some()
    {
        return Ok(Ready::Before);
    }
    let writing = load(tx, places, &granted, id)?;
    writing.draft.check(&writing.kind, writing.files.len())?;
    let today = copenhagen_date(tx.now());
    let content = Content {
        number: number(id, today.year()),
        code: writing.kind.code.clone(),
        kind: [writing.kind.name_da.clone(), writing.kind.name(true).to_owned()],
        said: said(&writing.draft, &writing.kind),
        files: writing.files.iter().map(|file| file.name.clone()).collect(),
        of: granted.loaded.subject.name.full(),
        by: granted.loaded.actor.name.full(),
        basis: granted.basis().kind().code().to_owned(),
        answer_by: writing.draft.answer_by(&writing.kind, today).to_string(),
    };
    Ok(Ready::Draft(Box::new((writing, content, granted.access.municipality()))))
}

/// The number on the receipt: said over the telephone, and known by nobody else.
fn number(id: ItemId, year: i16) -> String {
    let hash = borgerportal_store::keys::sha256(&id.into_bytes());
    let [a, b, c, d, ..] = hash;
    format!("HJ-{year}-{:06}", u32::from_be_bytes([a, b, c, d]) % 1_000_000)
}

/// What was answered so far, in the words that were shown, in both languages.
#[must_use]
pub fn said(draft: &Draft, kind: &AidKind) -> Vec<Said> {
    let (Some(why), Some(answers)) = (&draft.why, &draft.answers) else { return Vec::new() };
    let mut said = super::words::of_the_law(why, answers);
    for question in &kind.question {
        let Some(answer) = answers.answers.get(&question.code).filter(|text| !text.trim().is_empty()) else {
            continue;
        };
        let chosen = question.option.iter().find(|option| option.code == *answer);
        let answer = chosen.map_or_else(
            || [answer.trim().to_owned(), answer.trim().to_owned()],
            |option| [option.da.clone(), option.en.clone()],
        );
        let question_words = [question.da.clone(), question.en.clone()];
        said.push(Said { code: question.code.clone(), question: question_words, answer });
    }
    said.push(super::words::supplier(answers));
    said
}

fn put(
    tx: &Tx<'_>,
    granted: &Granted<'_>,
    (writing, content): (&Writing, &Content),
    pdf: &str,
) -> Result<(), Problem> {
    let (access, id) = (&granted.access, writing.id);
    if !store::take_draft(tx, access, id)? {
        return Err(Problem::Stale);
    }
    let bytes = serde_json::to_vec(content).map_err(|_| Problem::Away("record"))?;
    store::put_application(tx, access, id, &bytes)?;
    document::keep(tx, granted, (id, content))?;
    attachments::hand_over(tx, access, id, &[id])?;
    let [kind, _] = &content.kind;
    let says = format!("Ansøgning {}: {kind}", content.number);
    let more = more(content, &granted.loaded.subject.cpr, (tx.now(), pdf), &writing.files);
    tell(tx, granted, (told_as(id), OutgoingKind::Application), (&says, None), more)
}

/// Takes an application back, once. Denied: `aids.apply.over`.
pub fn withdraw(
    tx: &Tx<'_>,
    places: &Municipalities,
    who: &SignedIn,
    (journal, id): (JournalId, ItemId),
) -> Result<(), Problem> {
    let granted = access::ask(tx, places, who, &question(journal, Privilege::ActAids, Some(id)))?;
    let application = super::one_application(tx, places, &granted, id)?;
    if !application.stage.is_open() {
        return Err(ApplyRefusal::Over.into());
    }
    let withdrawal = OutgoingId::from_uuid(tx.mint());
    if !store::withdraw(tx, &granted.access, id, withdrawal)? {
        return Err(ApplyRefusal::Over.into());
    }
    let says = format!("Ansøgning {} er trukket tilbage", application.content.number);
    let about = format!("Task?identifier={}|{id}", borgerportal_fhir::outgoing::OUTGOING);
    tell(tx, &granted, (withdrawal, OutgoingKind::Withdrawal), (&says, Some(&about)), Vec::new())
}
