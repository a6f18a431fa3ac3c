//! Files that go with something that is being written: named by its id, sealed like everything of the journal, and handed
//! to the item it becomes. Their content lies outside the database. Whoever calls has found out that the reader is the
//! writer: this module knows files and no drafts.

use crate::access::Access;
use crate::error::StoreError;
use crate::keys::{Aads, DataKey};
use crate::record::{column, file_aad};
use crate::tx::Tx;
use crate::{params, sql};
use borgerportal_domain::ids::{ItemId, PersonId};
use borgerportal_domain::municipality::MunicipalityCode;
use zeroize::Zeroizing;

/// A file that goes with something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Its number there; gaps stay.
    pub number: i64,
    /// The name it is shown by.
    pub name: String,
    /// Its content.
    pub file: FileRow,
}

/// A file, without its content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileRow {
    /// Where the sealed content lies.
    pub address: String,
    /// MIME type.
    pub media_type: String,
    /// Bytes before sealing.
    pub size: i64,
}

fn keys(access: &Access<'_>, owner: ItemId) -> (i64, [u8; 16], [u8; 16]) {
    let (municipality, citizen) = access.place();
    (municipality, citizen, owner.into_bytes())
}

/// The files of something that is being written, in the order they came.
pub fn of(tx: &Tx<'_>, access: &Access<'_>, owner: ItemId) -> Result<Vec<Attachment>, StoreError> {
    let (municipality, citizen, key) = keys(access, owner);
    let corrupt = || StoreError::corrupt("attachment", "name");
    tx.all(sql!("attachments/of"), params![municipality, &citizen, &key], |row| {
        let number = row.int(0)?;
        let aad = Aads::new(municipality, &citizen, &key, column::ATTACHMENT, number);
        let name = access.key().open(&aad, row.blob(1)?).ok_or_else(corrupt)?;
        let name = std::str::from_utf8(&name).map_err(|_| corrupt())?.to_owned();
        let file = FileRow {
            address: row.text(2)?.to_owned(),
            media_type: row.text(3)?.to_owned(),
            size: row.int(4)?,
        };
        Ok(Attachment { number, name, file })
    })
}

/// Adds one. Its content must be durable already.
pub fn add(tx: &Tx<'_>, access: &Access<'_>, owner: ItemId, one: &Attachment) -> Result<(), StoreError> {
    let (municipality, citizen, key) = keys(access, owner);
    let aad = Aads::new(municipality, &citizen, &key, column::ATTACHMENT, one.number);
    let name = access.key().seal(&aad, tx.nonce(), one.name.as_bytes())?;
    let FileRow { address, media_type, size } = &one.file;
    let values = params![municipality, &citizen, &key, one.number, &name, address, media_type, *size];
    tx.execute(sql!("attachments/add"), values)?;
    Ok(())
}

/// Takes one away. True if it was there.
pub fn remove(tx: &Tx<'_>, access: &Access<'_>, owner: ItemId, number: i64) -> Result<bool, StoreError> {
    let (municipality, citizen, key) = keys(access, owner);
    let now = tx.now().millis();
    tx.execute(sql!("attachments/note_one"), params![municipality, &citizen, &key, number, now])?;
    Ok(tx.execute(sql!("attachments/drop_one"), params![municipality, &citizen, &key, number])? == 1)
}

/// Forgets them all: what they belonged to was dropped or swept.
pub fn forget(
    tx: &Tx<'_>,
    municipality: MunicipalityCode,
    citizen: PersonId,
    owner: ItemId,
) -> Result<(), StoreError> {
    let (number, citizen, key) = (i64::from(municipality.number()), citizen.into_bytes(), owner.into_bytes());
    tx.execute(sql!("attachments/note_all"), params![number, &citizen, &key, tx.now().millis()])?;
    tx.execute(sql!("attachments/drop_all"), params![number, &citizen, &key])?;
    Ok(())
}

/// Makes them the files of items: what they belonged to was sent.
pub fn hand_over(
    tx: &Tx<'_>,
    access: &Access<'_>,
    owner: ItemId,
    items: &[ItemId],
) -> Result<(), StoreError> {
    let (municipality, citizen, key) = keys(access, owner);
    for item in items {
        let item = item.into_bytes();
        tx.execute(sql!("attachments/to_item"), params![municipality, &citizen, &key, &item])?;
    }
    tx.execute(sql!("attachments/drop_all"), params![municipality, &citizen, &key])?;
    Ok(())
}

/// The files of an item that its room has shown.
pub fn of_item(tx: &Tx<'_>, access: &Access<'_>, item: ItemId) -> Result<Vec<FileRow>, StoreError> {
    let (municipality, citizen, key) = keys(access, item);
    tx.all(sql!("attachments/of_item"), params![municipality, &citizen, &key], |row| {
        Ok(FileRow {
            address: row.text(0)?.to_owned(),
            media_type: row.text(1)?.to_owned(),
            size: row.int(2)?,
        })
    })
}

/// Opens the files of one journal. Taken under an access, used once the content has been fetched: fetching is
/// slow, and no transaction waits for it.
#[derive(Clone)]
pub struct FileOpener {
    key: DataKey,
    aad: Aads,
}

impl FileOpener {
    /// For the journal of this access.
    #[must_use]
    pub fn of(access: &Access<'_>) -> Self {
        Self { key: access.key().clone(), aad: file_aad(access.municipality(), access.citizen()) }
    }

    /// Opens a file's sealed content.
    pub fn open(&self, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, StoreError> {
        self.key.open(&self.aad, sealed).ok_or(StoreError::corrupt("record_file", "content"))
    }

    /// A new file's name and sealed bytes, for the file store.
    pub fn seal(&self, nonce: [u8; 12], content: &[u8]) -> Result<(String, Vec<u8>), StoreError> {
        Ok((self.key.address(content), self.key.seal(&self.aad, nonce, content)?))
    }
}
