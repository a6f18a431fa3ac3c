//! Writing the record: what the record system sends becomes items, sealed under the journal's own key. This
//! module only writes and compares versions; it never hands content out, so it asks for no `Access`. Reading
//! is in the rooms.

use crate::error::StoreError;
use crate::keys::{Aads, DataKey};
pub use crate::labels::KeptVisibility;
use crate::labels::Labels;
use crate::tx::Tx;
use crate::{params, sql};
use borgerportal_domain::ids::{ItemId, JournalId, PersonId};
use borgerportal_domain::items::Visibility;
use borgerportal_domain::municipality::MunicipalityCode;
use borgerportal_domain::time::{Date, Timestamp};

pub(crate) mod column;

/// A journal open for writing.
pub struct Writing {
    /// Its id, as it stands in addresses.
    pub journal: JournalId,
    /// The municipality that owns it.
    pub municipality: MunicipalityCode,
    /// Whose it is.
    pub citizen: PersonId,
    pub(crate) key: DataKey,
}

/// What names a thing at its sender.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Source<'a> {
    /// The system client that delivered.
    pub sender: &'a str,
    /// Resource type.
    pub kind: &'a str,
    /// Its id there.
    pub id: &'a str,
}

/// How new something is, and what is known of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Whose it was when it came.
    pub citizen: PersonId,
    /// Our id for it.
    pub item: ItemId,
    /// The sender's version as one comparable number.
    pub at: i64,
    /// Breaks ties: withdrawn over ended over active.
    pub rank: i64,
    /// Hash of the content.
    pub content_hash: [u8; 32],
    /// Our count of its versions.
    pub version: i64,
    /// When it first arrived.
    pub received_at: Timestamp,
}

/// An item ready to be kept.
pub struct Item<'a> {
    /// Our id for it: the same over all versions.
    pub id: ItemId,
    /// The room.
    pub kind: &'a str,
    /// Where it stands in lists.
    pub sort_at: Timestamp,
    /// Kind of thing within the room.
    pub class: &'a str,
    /// Subject area.
    pub area: &'a str,
    /// The date on it.
    pub dated: Date,
    /// When it first arrived.
    pub received_at: Timestamp,
    /// The labels it came with.
    pub visibility: &'a Visibility,
    /// Who delivered it: municipal defaults are per sender.
    pub sender: &'a str,
    /// `active`, `ended`, `corrected`.
    pub state: &'a str,
    /// Our count of its versions.
    pub version: i64,
    /// What a list shows, in the room's coding.
    pub head: &'a [u8],
    /// The resource as received.
    pub body: &'a [u8],
    /// Folded and stemmed text, if it may be found.
    pub words: Option<&'a str>,
}

/// A file of an item; its content is already in the file store.
pub struct File<'a> {
    /// From 0.
    pub number: i64,
    /// Where the content lies.
    pub address: &'a str,
    /// MIME type.
    pub media_type: &'a str,
    /// Bytes before sealing.
    pub size: i64,
}

/// Opens a citizen's journal, made with its key if it is new. `fresh` is the key it gets then.
pub fn open(
    tx: &Tx<'_>,
    municipality: MunicipalityCode,
    citizen: PersonId,
    fresh: &[u8; 32],
) -> Result<Writing, StoreError> {
    if let Some(writing) = open_known(tx, municipality, citizen)? {
        return Ok(writing);
    }
    let (number, owner, now) = (i64::from(municipality.number()), citizen.into_bytes(), tx.now().millis());
    let wrapped = tx.keys().new_data_key(&key_aad(municipality, citizen), fresh, tx.nonce())?;
    let id = *tx.mint().as_bytes();
    tx.execute(sql!("record/open_journal"), params![&id, number, &owner, now])?;
    tx.execute(sql!("record/keep_key"), params![number, &owner, &wrapped, now])?;
    open_known(tx, municipality, citizen)?.ok_or(StoreError::corrupt("journal", "id"))
}

/// A journal that is there already.
pub fn open_known(
    tx: &Tx<'_>,
    municipality: MunicipalityCode,
    citizen: PersonId,
) -> Result<Option<Writing>, StoreError> {
    let (number, owner) = (i64::from(municipality.number()), citizen.into_bytes());
    let found = tx.one(sql!("record/journal"), params![number, &owner], |row| {
        Ok((JournalId::from_uuid(row.id(0)?), row.blob(1)?.to_vec()))
    })?;
    let Some((journal, wrapped)) = found else { return Ok(None) };
    let key = tx.keys().data_key(&key_aad(municipality, citizen), &wrapped)?;
    Ok(Some(Writing { journal, municipality, citizen, key }))
}

/// What a wrapped data key is bound to.
pub(crate) fn key_aad(municipality: MunicipalityCode, citizen: PersonId) -> Vec<u8> {
    let mut aad = municipality.number().to_be_bytes().to_vec();
    aad.extend_from_slice(&citizen.into_bytes());
    aad
}

/// What is known of a thing of this sender.
pub fn known(
    tx: &Tx<'_>,
    municipality: MunicipalityCode,
    source: Source<'_>,
) -> Result<Option<Known>, StoreError> {
    let number = i64::from(municipality.number());
    tx.one(sql!("record/known"), params![number, source.sender, source.kind, source.id], |row| {
        let mut known = Known {
            citizen: PersonId::from_uuid(row.id(0)?),
            item: ItemId::from_uuid(row.id(1)?),
            at: row.int(2)?,
            rank: row.int(3)?,
            content_hash: hash(row.blob(4)?)?,
            version: row.int(5)?,
            received_at: Timestamp::from_millis(row.int(6)?),
        };
        known.content_hash = veil(tx, number, source, &known);
        Ok(known)
    })
}

/// Remembers the newest version of a thing.
pub fn remember(
    tx: &Tx<'_>,
    municipality: MunicipalityCode,
    source: Source<'_>,
    known: &Known,
) -> Result<(), StoreError> {
    let number = i64::from(municipality.number());
    tx.execute(
        sql!("record/remember"),
        params![
            number,
            source.sender,
            source.kind,
            source.id,
            &known.citizen.into_bytes(),
            &known.item.into_bytes(),
            known.at,
            known.rank,
            &veil(tx, number, source, known),
            known.version,
            known.received_at.millis(),
        ],
    )?;
    Ok(())
}

/// Remembers that what this thing said up to `at` is deleted by law, whatever newer is known of it.
pub fn note_deleted(
    tx: &Tx<'_>,
    municipality: MunicipalityCode,
    source: Source<'_>,
    at: i64,
) -> Result<(), StoreError> {
    let number = i64::from(municipality.number());
    tx.execute(sql!("record/note_deleted"), params![number, source.sender, source.kind, source.id, at])?;
    Ok(())
}

/// The hash of the content as it stands in the row, or back from there. New content is always a new version.
fn veil(tx: &Tx<'_>, municipality: i64, source: Source<'_>, known: &Known) -> [u8; 32] {
    let numbers = [municipality, known.version].map(i64::to_be_bytes);
    let names = [source.sender, source.kind, source.id].map(str::as_bytes);
    tx.keys().veil(&[numbers.as_flattened(), names[0], names[1], names[2]], known.content_hash)
}

fn hash(bytes: &[u8]) -> Result<[u8; 32], StoreError> {
    bytes.try_into().map_err(|_| StoreError::corrupt("record_source", "content_hash"))
}

impl Writing {
    /// Keeps an item and moves an earlier version of it to the history. Its files stay as they are.
    pub fn put(&self, tx: &Tx<'_>, item: &Item<'_>) -> Result<(), StoreError> {
        self.take_out(tx, item.id, true)?;
        self.put_new(tx, item)
    }

    /// Keeps an item of which no version is known: there is nothing to look for and to move.
    pub fn put_new(&self, tx: &Tx<'_>, item: &Item<'_>) -> Result<(), StoreError> {
        let (number, owner, id) = self.keys(item.id);
        tx.items_change(number, &owner)?;
        let aad = |column| Aads::new(number, &owner, &id, column, item.version);
        let head = self.key.seal(&aad(column::HEAD), tx.nonce(), item.head)?;
        let body = self.key.seal(&aad(column::BODY), tx.nonce(), item.body)?;
        let sort_at = item.sort_at.millis();
        let labels = Labels::of(item.visibility);
        tx.execute(
            sql!("record/put_item"),
            params![
                number,
                &owner,
                item.kind,
                sort_at,
                &id,
                item.class,
                item.area,
                crate::head::days(item.dated),
                item.received_at.millis(),
                labels.audience,
                labels.withheld,
                &labels.sensitive,
                labels.visible_from,
                item.sender,
                item.state,
                item.version,
                &head,
            ],
        )?;
        tx.execute(
            sql!("record/put_body"),
            params![number, &owner, &id, item.kind, sort_at, item.version, &body],
        )?;
        if let Some(words) = item.words {
            let words = self.key.seal(&aad(column::WORDS), tx.nonce(), words.as_bytes())?;
            tx.execute(
                sql!("record/put_words"),
                params![number, &owner, item.kind, sort_at, &id, item.version, &words],
            )?;
        }
        Ok(())
    }

    /// Puts an item that was told of again, unchanged, where its later date belongs.
    pub fn move_to(
        &self,
        tx: &Tx<'_>,
        item: ItemId,
        sort_at: Timestamp,
        dated: Date,
    ) -> Result<(), StoreError> {
        let (number, owner, id) = self.keys(item);
        let (sort_at, dated) = (sort_at.millis(), crate::head::days(dated));
        let Some((kind, from)) = self.place(tx, item)?.filter(|(_, from)| *from != sort_at) else {
            return Ok(());
        };
        tx.items_change(number, &owner)?;
        tx.execute(sql!("record/move_item"), params![number, &owner, &kind, from, &id, sort_at, dated])?;
        tx.execute(sql!("record/move_words"), params![number, &owner, &kind, from, &id, sort_at])?;
        tx.execute(sql!("record/move_marks"), params![number, &owner, &kind, from, &id, sort_at])?;
        tx.execute(sql!("record/move_body"), params![number, &owner, &id, sort_at])?;
        Ok(())
    }

    /// Room and place of an item that may be seen.
    fn place(&self, tx: &Tx<'_>, item: ItemId) -> Result<Option<(String, i64)>, StoreError> {
        let (number, owner, id) = self.keys(item);
        tx.one(sql!("record/place"), params![number, &owner, &id], |row| {
            Ok((row.text(0)?.to_owned(), row.int(1)?))
        })
    }

    /// Takes an item out of every list, search and page. `keep` moves its last version to the history.
    pub fn clear(&self, tx: &Tx<'_>, item: ItemId, keep: bool) -> Result<(), StoreError> {
        self.take_out(tx, item, keep)?;
        self.drop_files(tx, item)
    }

    /// Forgets which files an item has.
    pub fn drop_files(&self, tx: &Tx<'_>, item: ItemId) -> Result<(), StoreError> {
        let (number, owner, id) = self.keys(item);
        tx.execute(sql!("record/note_files"), params![number, &owner, &id, tx.now().millis()])?;
        tx.execute(sql!("record/drop_files"), params![number, &owner, &id])?;
        Ok(())
    }

    fn take_out(&self, tx: &Tx<'_>, item: ItemId, keep: bool) -> Result<(), StoreError> {
        let (number, owner, id) = self.keys(item);
        let Some((kind, sort_at)) = self.place(tx, item)? else { return Ok(()) };
        if keep {
            tx.execute(sql!("record/to_history"), params![number, &owner, &id, tx.now().millis()])?;
        }
        tx.items_change(number, &owner)?;
        tx.execute(sql!("record/drop_item"), params![number, &owner, &kind, sort_at, &id])?;
        tx.execute(sql!("record/drop_words"), params![number, &owner, &kind, sort_at, &id])?;
        tx.execute(sql!("record/drop_body"), params![number, &owner, &id])?;
        tx.execute(sql!("record/drop_original"), params![number, &owner, &id])?;
        Ok(())
    }

    /// Deletes an item and its history by law, and notes that it was, so that a restore does it again.
    pub fn delete(&self, tx: &Tx<'_>, item: ItemId, reason: &str) -> Result<(), StoreError> {
        self.clear(tx, item, false)?;
        self.drop_history(tx, item)?;
        let (number, owner, id) = self.keys(item);
        crate::calendar::forget(tx, (number, &owner), &id)?;
        tx.execute(sql!("record/note_deletion"), params![number, &owner, &id, tx.now().millis(), reason])?;
        Ok(())
    }

    /// Forgets every earlier version of an item.
    pub fn drop_history(&self, tx: &Tx<'_>, item: ItemId) -> Result<(), StoreError> {
        let (number, owner, id) = self.keys(item);
        tx.execute(sql!("record/drop_history"), params![number, &owner, &id])?;
        Ok(())
    }

    /// Names a file of an item. Its content must be durable already.
    pub fn put_file(&self, tx: &Tx<'_>, item: ItemId, file: &File<'_>) -> Result<(), StoreError> {
        let (number, owner, id) = self.keys(item);
        tx.execute(
            sql!("record/put_file"),
            params![number, &owner, &id, file.number, file.address, file.media_type, file.size],
        )?;
        Ok(())
    }

    /// Opens the journal, or closes it since a day.
    pub fn set_active(&self, tx: &Tx<'_>, inactive_since: Option<Date>) -> Result<(), StoreError> {
        let (number, owner, _) = self.keys(ItemId::from_bytes([0; 16]));
        let since = inactive_since.map(|date| date.to_string());
        tx.execute(sql!("record/set_active"), params![number, &owner, since.is_none(), since.as_ref()])?;
        Ok(())
    }

    /// A file's name and sealed bytes, for the file store. Made before the errand that names it.
    pub fn seal_file(&self, nonce: [u8; 12], content: &[u8]) -> Result<(String, Vec<u8>), StoreError> {
        seal_file(&self.key, self.municipality, self.citizen, nonce, content)
    }

    /// A file's content from its sealed bytes, to be sealed again for another journal.
    pub fn open_file(&self, sealed: &[u8]) -> Result<zeroize::Zeroizing<Vec<u8>>, StoreError> {
        let aad = file_aad(self.municipality, self.citizen);
        self.key.open(&aad, sealed).ok_or(StoreError::corrupt("record_binary", "content"))
    }

    pub(crate) fn keys(&self, item: ItemId) -> (i64, [u8; 16], [u8; 16]) {
        (i64::from(self.municipality.number()), self.citizen.into_bytes(), item.into_bytes())
    }
}

/// Files are bound to the journal, not to an item: two letters with one leaflet share it.
fn seal_file(
    key: &DataKey,
    municipality: MunicipalityCode,
    citizen: PersonId,
    nonce: [u8; 12],
    content: &[u8],
) -> Result<(String, Vec<u8>), StoreError> {
    let aad = file_aad(municipality, citizen);
    Ok((key.address(content), key.seal(&aad, nonce, content)?))
}

/// What a sealed file is bound to.
pub(crate) fn file_aad(municipality: MunicipalityCode, citizen: PersonId) -> Aads {
    Aads::new(i64::from(municipality.number()), &citizen.into_bytes(), &[0; 16], column::FILE, 0)
}
