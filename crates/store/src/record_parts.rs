//! Documents that repeat other things, and what Patient resources said. Both exist so that the order in which
//! deliveries arrive makes no difference: a part that is withdrawn, now or earlier, is taken out of the document
//! that repeats it, and of every word about a journal the newest counts.

use crate::error::StoreError;
use crate::keys::Aads;
use crate::record::{Source, Writing, column};
use crate::tx::Tx;
use crate::{params, sql};
use borgerportal_domain::ids::{ItemId, PersonId};
use borgerportal_domain::municipality::MunicipalityCode;
use zeroize::Zeroizing;

/// The rank from which nobody sees a thing.
const WITHDRAWN: i64 = 2;

/// The name of a thing at its sender: type and id.
pub type Name = (String, String);

/// Which version of a word it is; compared as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct WordStamp {
    /// The sender's version as one number.
    pub at: i64,
    /// Strength at equal version.
    pub rank: i64,
    /// Last resort.
    pub hash: [u8; 32],
}

/// A document as it came, with all its parts.
pub struct Original {
    /// Our count of its versions.
    pub version: i64,
    /// What the service kept.
    pub content: Zeroizing<Vec<u8>>,
}

/// Says which things a document repeats; `new` when nothing was said of it before.
pub fn set_parts<'a>(
    tx: &Tx<'_>,
    municipality: MunicipalityCode,
    (document, new): (Source<'_>, bool),
    parts: impl Iterator<Item = (&'a str, &'a str)>,
) -> Result<(), StoreError> {
    let number = i64::from(municipality.number());
    let (sender, kind, id) = (document.sender, document.kind, document.id);
    if !new {
        tx.execute(sql!("record/forget_parts"), params![number, sender, kind, id])?;
    }
    for (part_type, part_id) in parts {
        tx.execute(sql!("record/add_part"), params![number, sender, kind, id, part_type, part_id])?;
    }
    Ok(())
}

/// The documents of this sender that repeat a thing.
pub fn documents_with(
    tx: &Tx<'_>,
    municipality: MunicipalityCode,
    part: Source<'_>,
) -> Result<Vec<Name>, StoreError> {
    let number = i64::from(municipality.number());
    tx.all(sql!("record/documents_with"), params![number, part.sender, part.kind, part.id], |row| {
        Ok((row.text(0)?.to_owned(), row.text(1)?.to_owned()))
    })
}

/// A part of a document, as the record knows it now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Its name.
    pub name: Name,
    /// Nobody may see it in this document: withdrawn, deleted, or it turned out to be another citizen's.
    pub gone: bool,
    /// Deleted by law as it was when the document was written: no copy of it may be kept.
    pub deleted: bool,
}

/// The parts of a document that was written at `at` about `citizen`.
pub fn parts(
    tx: &Tx<'_>,
    municipality: MunicipalityCode,
    document: Source<'_>,
    (citizen, at): (PersonId, i64),
) -> Result<Vec<Part>, StoreError> {
    let number = i64::from(municipality.number());
    let values = params![number, document.sender, document.kind, document.id];
    tx.all(sql!("record/parts"), values, |row| {
        let (rank, deleted_at) = (row.opt_int(2)?.unwrap_or(0), row.opt_int(3)?);
        // A deletion of something older leaves a younger copy: the thing itself may still arrive.
        let deleted = deleted_at.is_some_and(|deleted_at| deleted_at >= at);
        let nobodys = [0; 16];
        let elsewhere =
            row.opt_blob(4)?.is_some_and(|owner| owner != citizen.into_bytes() && owner != nobodys);
        let name = (row.text(0)?.to_owned(), row.text(1)?.to_owned());
        Ok(Part { name, gone: rank >= WITHDRAWN || deleted || elsewhere, deleted })
    })
}

impl Writing {
    /// Keeps such a document as it came.
    pub fn keep_original(
        &self,
        tx: &Tx<'_>,
        item: ItemId,
        version: i64,
        original: &[u8],
    ) -> Result<(), StoreError> {
        let (number, owner, id) = self.keys(item);
        let aad = Aads::new(number, &owner, &id, column::ORIGINAL, version);
        let sealed = self.key.seal(&aad, tx.nonce(), original)?;
        tx.execute(sql!("record/keep_original"), params![number, &owner, &id, version, &sealed])?;
        Ok(())
    }

    /// Such a document as it came; for putting it together anew.
    pub fn original(&self, tx: &Tx<'_>, item: ItemId) -> Result<Option<Original>, StoreError> {
        let (number, owner, id) = self.keys(item);
        tx.one(sql!("record/original"), params![number, &owner, &id], |row| {
            let version = row.int(0)?;
            let aad = Aads::new(number, &owner, &id, column::ORIGINAL, version);
            let plain = self.key.open(&aad, row.blob(1)?);
            let content = plain.ok_or(StoreError::corrupt("record_original", "original"))?;
            Ok(Original { version, content })
        })
    }

    /// Who wrote a message that was sent from here; nobody where it was sent in another way.
    pub fn writer_of(&self, tx: &Tx<'_>, message: ItemId) -> Result<Option<PersonId>, StoreError> {
        let (number, citizen, message) = self.keys(message);
        tx.one(sql!("messages/writer"), params![number, &citizen, &message], |row| {
            Ok(PersonId::from_uuid(row.id(0)?))
        })
    }

    /// Keeps what a Patient resource says, unless a newer word of it is known. True if it was kept.
    pub fn keep_word(
        &self,
        tx: &Tx<'_>,
        (sender, patient): (&str, &str),
        stamp: &WordStamp,
        word: &[u8],
    ) -> Result<bool, StoreError> {
        let (number, owner, _) = self.keys(ItemId::from_bytes([0; 16]));
        let known = tx.one(sql!("record/word_stamp"), params![number, &owner, sender, patient], |row| {
            let hash =
                row.blob(2)?.try_into().map_err(|_| StoreError::corrupt("record_word", "content_hash"))?;
            let stamp = WordStamp { at: row.int(0)?, rank: row.int(1)?, hash };
            Ok(WordStamp { hash: self.veil_word(tx, (sender, patient), &stamp), ..stamp })
        })?;
        if known.is_some_and(|known| known >= *stamp) {
            return Ok(false);
        }
        let sealed = self.key.seal(&self.word_aad(), tx.nonce(), word)?;
        let hash = self.veil_word(tx, (sender, patient), stamp);
        tx.execute(
            sql!("record/keep_word"),
            params![number, &owner, sender, patient, stamp.at, stamp.rank, &hash, &sealed],
        )?;
        Ok(true)
    }

    /// The hash of a word as it stands in its row, or back from there.
    fn veil_word(&self, tx: &Tx<'_>, (sender, patient): (&str, &str), stamp: &WordStamp) -> [u8; 32] {
        let (number, owner, _) = self.keys(ItemId::from_bytes([0; 16]));
        let numbers = [number, stamp.at, stamp.rank].map(i64::to_be_bytes);
        let place = [numbers.as_flattened(), &owner, sender.as_bytes(), patient.as_bytes()];
        tx.keys().veil(&place, stamp.hash)
    }

    /// The newest word of every Patient resource about this journal.
    pub fn words(&self, tx: &Tx<'_>) -> Result<Vec<Zeroizing<Vec<u8>>>, StoreError> {
        let (number, owner, _) = self.keys(ItemId::from_bytes([0; 16]));
        tx.all(sql!("record/all_words"), params![number, &owner], |row| {
            let plain = self.key.open(&self.word_aad(), row.blob(0)?);
            plain.ok_or(StoreError::corrupt("record_word", "word"))
        })
    }

    fn word_aad(&self) -> Aads {
        let (number, owner, none) = self.keys(ItemId::from_bytes([0; 16]));
        Aads::new(number, &owner, &none, column::WORD, 0)
    }
}
