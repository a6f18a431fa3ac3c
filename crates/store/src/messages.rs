//! Messages that are being written, each for its writer alone, sealed under the journal's key; and who wrote what was sent.
//! What was sent and what arrived are items of the record like any other and are read as such. Another person's draft
//! looks like none.

use crate::access::Access;
use crate::engine::Row;
use crate::error::StoreError;
use crate::keys::Aads;
use crate::record::column;
use crate::tx::Tx;
use crate::{params, sql};
use borgerportal_domain::ids::{ItemId, PersonId};
use borgerportal_domain::messages::{About, Draft, Kind};
use borgerportal_domain::time::Timestamp;
use serde::{Deserialize, Serialize};

const fn corrupt(column: &'static str) -> StoreError {
    StoreError::corrupt("message_draft", column)
}

/// What lies under the seal.
#[derive(Serialize, Deserialize)]
struct Sealed {
    kind: String,
    department: Option<String>,
    answers: Option<ItemId>,
    about: Vec<(ItemId, String, String)>,
    subject: String,
    text: String,
}

impl Sealed {
    fn of(draft: &Draft) -> Self {
        let about = |one: &About| (one.item, one.name.clone(), one.title.clone());
        Self {
            kind: draft.kind.code().to_owned(),
            department: draft.department.clone(),
            answers: draft.answers,
            about: draft.about.iter().map(about).collect(),
            subject: draft.subject.clone(),
            text: draft.text.clone(),
        }
    }

    fn open(self, id: ItemId) -> Option<Draft> {
        let about = |(item, name, title)| About { item, name, title };
        Some(Draft {
            id,
            kind: Kind::from_code(&self.kind)?,
            department: self.department,
            answers: self.answers,
            about: self.about.into_iter().map(about).collect(),
            subject: self.subject,
            text: self.text,
        })
    }
}

fn aad(access: &Access<'_>, id: ItemId) -> Aads {
    let (municipality, citizen) = access.place();
    Aads::new(municipality, &citizen, &id.into_bytes(), column::MESSAGE_DRAFT, 0)
}

fn seal(tx: &Tx<'_>, access: &Access<'_>, draft: &Draft) -> Result<Vec<u8>, StoreError> {
    let plain = serde_json::to_vec(&Sealed::of(draft)).map_err(|_| corrupt("sealed"))?;
    access.key().seal(&aad(access, draft.id), tx.nonce(), &plain)
}

/// Columns `id, sealed, changed_at`.
fn read(access: &Access<'_>, row: &Row<'_>) -> Result<(Draft, Timestamp), StoreError> {
    let id = ItemId::from_uuid(row.id(0)?);
    let plain = access.key().open(&aad(access, id), row.blob(1)?).ok_or(corrupt("sealed"))?;
    let sealed: Sealed = serde_json::from_slice(&plain).map_err(|_| corrupt("sealed"))?;
    Ok((sealed.open(id).ok_or(corrupt("kind"))?, Timestamp::from_millis(row.int(2)?)))
}

/// Begins one for whoever has this access.
pub fn begin(tx: &Tx<'_>, access: &Access<'_>, draft: &Draft) -> Result<(), StoreError> {
    let (municipality, citizen) = access.place();
    let (writer, id, sealed) =
        (access.reader().into_bytes(), draft.id.into_bytes(), seal(tx, access, draft)?);
    let values = params![municipality, &citizen, &writer, &id, &sealed, tx.now().millis()];
    tx.execute(sql!("messages/new_draft"), values)?;
    Ok(())
}

/// Keeps what changed. False where there is none any more: it was sent or dropped.
pub fn save(tx: &Tx<'_>, access: &Access<'_>, draft: &Draft) -> Result<bool, StoreError> {
    let (municipality, citizen) = access.place();
    let (writer, id, sealed) =
        (access.reader().into_bytes(), draft.id.into_bytes(), seal(tx, access, draft)?);
    let values = params![municipality, &citizen, &writer, &id, &sealed, tx.now().millis()];
    Ok(tx.execute(sql!("messages/save_draft"), values)? == 1)
}

/// A draft of this writer.
pub fn draft(tx: &Tx<'_>, access: &Access<'_>, id: ItemId) -> Result<Option<Draft>, StoreError> {
    let (municipality, citizen) = access.place();
    let (writer, id) = (access.reader().into_bytes(), id.into_bytes());
    let found = tx.one(sql!("messages/draft"), params![municipality, &citizen, &writer, &id], |row| {
        read(access, row)
    })?;
    Ok(found.map(|(draft, _)| draft))
}

/// Every draft of this writer with when it was touched, the last touched first.
pub fn drafts(tx: &Tx<'_>, access: &Access<'_>) -> Result<Vec<(Draft, Timestamp)>, StoreError> {
    let (municipality, citizen) = access.place();
    let writer = access.reader().into_bytes();
    tx.all(sql!("messages/drafts_of"), params![municipality, &citizen, &writer], |row| read(access, row))
}

/// Takes a draft away, to be sent or forgotten: true for one of those that try at the same time, and no other.
pub fn take(tx: &Tx<'_>, access: &Access<'_>, id: ItemId) -> Result<bool, StoreError> {
    let (municipality, citizen) = access.place();
    let (writer, id) = (access.reader().into_bytes(), id.into_bytes());
    Ok(tx.execute(sql!("messages/drop_draft"), params![municipality, &citizen, &writer, &id])? == 1)
}

/// Remembers who wrote a message that is sent.
pub fn note_writer(tx: &Tx<'_>, access: &Access<'_>, message: ItemId) -> Result<(), StoreError> {
    let (municipality, citizen) = access.place();
    let (message, writer) = (message.into_bytes(), access.reader().into_bytes());
    tx.execute(sql!("messages/note_writer"), params![municipality, &citizen, &message, &writer])?;
    Ok(())
}

/// Whether a message was sent from here by whoever has this access.
pub fn was_sent(tx: &Tx<'_>, access: &Access<'_>, message: ItemId) -> Result<bool, StoreError> {
    let (municipality, citizen) = access.place();
    let found =
        tx.one(sql!("messages/writer"), params![municipality, &citizen, &message.into_bytes()], |row| {
            Ok(PersonId::from_uuid(row.id(0)?))
        })?;
    Ok(found == Some(access.reader()))
}
