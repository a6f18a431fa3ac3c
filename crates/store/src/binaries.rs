//! Files that a record system delivers on their own. One waits, sealed under a key of the municipality, until a
//! document names it; then it is sealed again under the key of that citizen's journal, so that deleting the key
//! deletes it, too. What no document names is swept at a second look, a day later. This module hands content to
//! nobody: it says where it lies, and opens it only to seal it again.

use crate::error::StoreError;
use crate::keys::Aads;
use crate::record::{Source, Writing, column};
use crate::tx::Tx;
use crate::{params, sql};
use borgerportal_domain::ids::{JournalId, PersonId};
use borgerportal_domain::municipality::MunicipalityCode;
use borgerportal_domain::time::Timestamp;
use std::collections::BTreeSet;

/// The resource type of such files.
pub const KIND: &str = "Binary";
/// Stands for the citizen while nobody's document names a file.
const NOBODY: [u8; 16] = [0; 16];

/// A file as a row names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Content {
    /// Our count of its versions, as `record_source` has it.
    pub version: i64,
    /// Where the sealed content lies.
    pub address: String,
    /// MIME type.
    pub media_type: String,
    /// Bytes before sealing.
    pub size: i64,
    /// The words it is found by, in stored form.
    pub words: String,
}

/// A file that is wanted in journals that do not have it yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// A journal that has it; nobody's when it still waits.
    pub from: PersonId,
    /// What is known of it there, without words.
    pub content: Content,
    /// Citizens whose documents name it.
    pub to: Vec<PersonId>,
}

/// Where the files of a municipality wait, as a journal that is nobody's.
pub fn waiting_room(tx: &Tx<'_>, municipality: MunicipalityCode) -> Result<Writing, StoreError> {
    let key = tx.keys().key_for(b"waiting files", &municipality.number().to_be_bytes())?;
    let (journal, citizen) = (JournalId::from_bytes(NOBODY), PersonId::from_bytes(NOBODY));
    Ok(Writing { journal, municipality, citizen, key })
}

/// Names the content of a file in a journal, or in the waiting room, which it leaves when it has a journal.
pub fn put(tx: &Tx<'_>, place: &Writing, source: Source<'_>, content: &Content) -> Result<(), StoreError> {
    let (number, owner) = (i64::from(place.municipality.number()), place.citizen.into_bytes());
    let words = place.key.seal(&words_aad(place), tx.nonce(), content.words.as_bytes())?;
    if owner != NOBODY {
        let values = params![number, source.sender, source.id, &NOBODY, tx.now().millis()];
        tx.execute(sql!("binaries/note_waiting"), values)?;
        tx.execute(sql!("binaries/drop_waiting"), params![number, source.sender, source.id, &NOBODY])?;
    }
    tx.execute(
        sql!("binaries/put"),
        params![
            number,
            source.sender,
            source.id,
            &owner,
            content.version,
            &content.address,
            &content.media_type,
            content.size,
            &words,
        ],
    )?;
    Ok(())
}

/// Which journals still want this file, if its newest version is somewhere.
pub fn wanted(
    tx: &Tx<'_>,
    municipality: MunicipalityCode,
    source: Source<'_>,
) -> Result<Option<Wanted>, StoreError> {
    let number = i64::from(municipality.number());
    let values = params![number, source.sender, source.id];
    let have = tx.all(sql!("binaries/contents"), values, |row| {
        let content = Content {
            version: row.int(1)?,
            address: row.text(2)?.to_owned(),
            media_type: row.text(3)?.to_owned(),
            size: row.int(4)?,
            words: String::new(),
        };
        Ok((PersonId::from_uuid(row.id(0)?), content))
    })?;
    let has: BTreeSet<PersonId> = have.iter().map(|(citizen, _)| *citizen).collect();
    let Some((from, content)) = have.into_iter().next() else { return Ok(None) };
    let named = tx.all(sql!("binaries/named_by"), values, |row| Ok(PersonId::from_uuid(row.id(0)?)))?;
    let to: Vec<PersonId> = named.into_iter().filter(|citizen| !has.contains(citizen)).collect();
    Ok((!to.is_empty()).then_some(Wanted { from, content, to }))
}

/// The files, by their id at the sender, that a document of this journal names and that are here.
pub fn of_document(
    tx: &Tx<'_>,
    journal: &Writing,
    document: Source<'_>,
) -> Result<Vec<(String, Content)>, StoreError> {
    let (number, owner) = (i64::from(journal.municipality.number()), journal.citizen.into_bytes());
    let values = params![number, document.sender, document.kind, document.id, &owner];
    tx.all(sql!("binaries/of_document"), values, |row| {
        let corrupt = || StoreError::corrupt("record_binary", "words");
        let words = journal.key.open(&words_aad(journal), row.blob(4)?).ok_or_else(corrupt)?;
        let content = Content {
            version: 0,
            address: row.text(1)?.to_owned(),
            media_type: row.text(2)?.to_owned(),
            size: row.int(3)?,
            words: String::from_utf8(words.to_vec()).map_err(|_| corrupt())?,
        };
        Ok((row.text(0)?.to_owned(), content))
    })
}

/// Forgets the content of a file everywhere: it was deleted by law.
pub fn forget(tx: &Tx<'_>, municipality: MunicipalityCode, source: Source<'_>) -> Result<(), StoreError> {
    let number = i64::from(municipality.number());
    let now = tx.now().millis();
    tx.execute(sql!("binaries/note_all"), params![number, source.sender, source.id, now])?;
    tx.execute(sql!("binaries/drop_all"), params![number, source.sender, source.id])?;
    Ok(())
}

/// Looks for files that no document names. Those of which a look before `old` said the same are forgotten; when
/// one is delivered again it is new. Returns how many rows changed.
pub fn look(tx: &Tx<'_>, old: Timestamp) -> Result<u64, StoreError> {
    let (now, old) = (tx.now().millis(), old.millis());
    let named = tx.execute(sql!("binaries/look_named"), params![&NOBODY])?;
    tx.execute(sql!("binaries/note_old"), params![old, now])?;
    tx.execute(sql!("binaries/forget_old"), params![old])?;
    let dropped = tx.execute(sql!("binaries/drop_old"), params![old])?;
    Ok(named + dropped + tx.execute(sql!("binaries/look_unnamed"), params![now, &NOBODY])?)
}

/// Addresses that rows stopped to name before `old` and that none names again: their content may go. The notes of
/// all others are taken back.
pub fn unnamed(tx: &Tx<'_>, old: Timestamp, limit: i64) -> Result<Vec<String>, StoreError> {
    let noted =
        tx.all(sql!("binaries/unnamed"), params![old.millis(), limit], |row| Ok(row.text(0)?.to_owned()))?;
    let mut free = Vec::new();
    for address in noted {
        if tx.one(sql!("binaries/is_named"), params![&address], |row| row.int(0))?.is_some() {
            swept(tx, &address)?;
        } else {
            free.push(address);
        }
    }
    Ok(free)
}

/// The content at this address is gone.
pub fn swept(tx: &Tx<'_>, address: &str) -> Result<(), StoreError> {
    tx.execute(sql!("binaries/drop_note"), params![address])?;
    Ok(())
}

fn words_aad(place: &Writing) -> Aads {
    let (number, owner) = (i64::from(place.municipality.number()), place.citizen.into_bytes());
    Aads::new(number, &owner, &NOBODY, column::FILE_WORDS, 0)
}
