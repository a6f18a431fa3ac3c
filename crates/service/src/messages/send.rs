//! Sending: a draft becomes a message of the record, a document among the others, and something to be told to the record
//! system, in one transaction and once. Who acted for whom, on which basis, goes with it.

use super::{Message, drafts};
use crate::access::{self, Granted, Question};
use crate::items::words;
use crate::municipalities::Municipalities;
use crate::outgoing::{self, Told};
use crate::problem::Problem;
use crate::sessions::SignedIn;
use borgerportal_domain::access::Privilege;
use borgerportal_domain::access_log::{LogObject, ObjectKind};
use borgerportal_domain::documents::{DocumentHead, DocumentType};
use borgerportal_domain::ids::{ItemId, JournalId, OutgoingId};
use borgerportal_domain::items::{Area, Audience, Visibility};
use borgerportal_domain::messages::{Draft, MessageRefusal, PORTAL};
use borgerportal_domain::municipality::Settings;
use borgerportal_domain::outgoing::OutgoingKind;
use borgerportal_domain::time::{Timestamp, copenhagen_date};
use borgerportal_fhir::delivery::Room;
use borgerportal_fhir::messages::{Author, Enclosed, Head, Writer, Written};
use borgerportal_fhir::outgoing::{Telling, citizen};
use borgerportal_store::attachments::{self, Attachment, FileRow};
use borgerportal_store::head::encode;
use borgerportal_store::messages as store;
use borgerportal_store::record::Item;
use borgerportal_store::tx::Tx;
use serde::{Deserialize, Serialize};

/// Everybody whom this journal is open for; what parents of young people do not see the rule knows.
pub(super) const FOR_ALL: Visibility = Visibility {
    audience: Some(Audience::ALL),
    visible_from: None,
    withheld_from_parent: false,
    withheld_from_relative: false,
    sensitivities: borgerportal_domain::items::Sensitivities::NONE,
};

/// A message that was sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sent {
    /// Which.
    pub message: ItemId,
}

/// The document that a message written here is, too.
pub(super) fn document_of(message: ItemId) -> ItemId {
    let mut bytes = message.into_bytes();
    if let Some(last) = bytes.last_mut() {
        *last ^= 0x55;
    }
    ItemId::from_bytes(bytes)
}

/// Sends a draft. However often and from however many pages it is asked for, one message is sent. Denied:
/// `messages.department.none`, `messages.text.*`, `messages.subject.*`.
pub fn send(
    tx: &Tx<'_>,
    places: &Municipalities,
    who: &SignedIn,
    (journal, id): (JournalId, ItemId),
) -> Result<Sent, Problem> {
    let object = LogObject::one(ObjectKind::Messages, id);
    let granted =
        access::ask(tx, places, who, &Question { journal, privilege: Privilege::ActMessages, object })?;
    let Some(draft) = store::draft(tx, &granted.access, id)? else {
        // Nothing is done now: either it was before, or there never was such a draft.
        granted.access.found_nothing(tx);
        let was_sent = store::was_sent(tx, &granted.access, id)?;
        return if was_sent { Ok(Sent { message: id }) } else { Err(Problem::NotFound) };
    };
    Draft::may_say(&draft.subject, &draft.text)?;
    let answered = drafts::answered(tx, places, &granted, &draft)?;
    let to = To::of(access::settings(places, &granted)?, &draft, answered.as_ref())?;
    if !store::take(tx, &granted.access, id)? {
        return Err(Problem::Stale);
    }
    put(tx, &granted, (&draft, &to), answered.as_ref())?;
    Ok(Sent { message: id })
}

/// To whom it goes.
struct To {
    code: Option<String>,
    name: String,
    area: Area,
}

impl To {
    /// The department that was chosen, or the one that the thread is with.
    fn of(settings: &Settings, draft: &Draft, answered: Option<&Message>) -> Result<Self, Problem> {
        let code = draft.department.clone().or_else(|| answered?.head.department.clone());
        if let Some(one) = code.as_deref().and_then(|code| settings.department.get(code)) {
            return Ok(Self { code, name: one.name_da.clone(), area: one.area });
        }
        match (draft.answers, answered) {
            (Some(_), Some(one)) => Ok(Self { code, name: one.head.unit.clone(), area: Area::Other }),
            // What it answers is gone: the municipality finds out by itself who reads it.
            (Some(_), None) => Ok(Self { code, name: settings.name(), area: Area::Other }),
            (None, _) => Err(MessageRefusal::NoDepartment.into()),
        }
    }
}

fn put(
    tx: &Tx<'_>,
    granted: &Granted<'_>,
    (draft, to): (&Draft, &To),
    answered: Option<&Message>,
) -> Result<(), Problem> {
    let (access, loaded) = (&granted.access, &granted.loaded);
    let files: Vec<Enclosed> = attachments::of(tx, access, draft.id)?.into_iter().map(enclosed).collect();
    let (title, actor, subject) = (draft.title(), loaded.actor.name.full(), loaded.subject.name.full());
    let basis = granted.basis().kind().code();
    let written = Written {
        id: draft.id,
        kind: draft.kind,
        title: &title,
        text: &draft.text,
        sent: tx.now(),
        answers: answered.map(|one| one.head.name.as_str()),
        about: &draft.about,
        department: (to.code.as_deref(), &to.name),
        writer: if granted.basis().is_own() { Author::Citizen(&actor) } else { Author::For(&actor, basis) },
        files: &files,
    };
    let writer = Writer::Here { person: access.reader(), name: actor.clone(), basis: basis.to_owned() };
    let head = written.head(writer, answered.map(Message::name).into_iter().collect());
    keep(tx, granted, (&written, &head), (&subject, to.area))?;
    attachments::hand_over(tx, access, draft.id, &[draft.id, document_of(draft.id)])?;
    store::note_writer(tx, access, draft.id)?;
    tell(tx, granted, &written)
}

fn enclosed(one: Attachment) -> Enclosed {
    let FileRow { address, media_type, size } = one.file;
    Enclosed { name: one.name, media_type, size, address }
}

/// Tells the record system: who wrote it, for whom, on which basis, and the message itself.
fn tell(tx: &Tx<'_>, granted: &Granted<'_>, written: &Written<'_>) -> Result<(), Problem> {
    let (id, loaded) = (OutgoingId::from_uuid(written.id.uuid()), &granted.loaded);
    let cpr = &loaded.subject.cpr;
    let telling = Telling {
        id,
        kind: OutgoingKind::Message,
        at: tx.now(),
        citizen: cpr,
        actor: &loaded.actor.name.full(),
        basis: granted.basis(),
        says: "Besked fra Borgerportalen",
        focus: None,
        more: vec![written.told(&citizen(cpr))],
    };
    let told = Told { id, kind: OutgoingKind::Message, resource: telling.bundle() };
    outgoing::tell(tx, &granted.access, &told)
}

/// Keeps a message twice: in its room, and among the documents, where it is found by its words.
pub(super) fn keep(
    tx: &Tx<'_>,
    granted: &Granted<'_>,
    (written, head): (&Written<'_>, &Head),
    (citizen, area): (&str, Area),
) -> Result<(), Problem> {
    let (writing, body) = (granted.access.writing(), written.kept(citizen).to_string());
    let message = item((Room::Messages, written.id), area, tx.now());
    writing.put_new(tx, &Item { head: &head.write(), body: body.as_bytes(), ..message })?;
    let document = DocumentHead {
        id: document_of(written.id),
        title: written.title.to_owned(),
        kind: DocumentType::Message,
        area,
        author: None,
        unit: Some(written.department.1.to_owned()).filter(|unit| !unit.is_empty()),
        dated: copenhagen_date(tx.now()),
        has_pdf: !written.files.is_empty(),
        changed: None,
    };
    let found_by = words(&format!("{}\n{}", written.title, written.text), written.department.1, "");
    let kept = item((Room::Documents, document.id), area, tx.now());
    let class = DocumentType::Message.code();
    let kept =
        Item { class, head: &encode(&document), body: body.as_bytes(), words: Some(&found_by), ..kept };
    Ok(writing.put_new(tx, &kept)?)
}

/// What all that is written here has in common.
fn item((room, id): (Room, ItemId), area: Area, now: Timestamp) -> Item<'static> {
    Item {
        id,
        kind: room.code(),
        sort_at: now,
        class: "Communication",
        area: area.code(),
        dated: copenhagen_date(now),
        received_at: now,
        visibility: &FOR_ALL,
        sender: PORTAL,
        state: "active",
        version: 1,
        head: &[],
        body: &[],
        words: None,
    }
}
