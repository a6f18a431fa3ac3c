//! Applications for aids and what is asked about loans: drafts for their writer alone, what was sent as it was sent, all
//! sealed under the journal's key. It refuses to know what they say; the room reads them.

use crate::access::Access;
use crate::engine::Row;
use crate::error::StoreError;
use crate::keys::Aads;
use crate::record::column;
use crate::tx::Tx;
use crate::{params, sql};
use borgerportal_domain::aids::AskKind;
use borgerportal_domain::ids::{ItemId, OutgoingId};
use borgerportal_domain::time::Timestamp;
use zeroize::Zeroizing;

/// An application that is being written.
pub struct Draft {
    /// Its id: the application it will be.
    pub id: ItemId,
    /// When it was touched last.
    pub at: Timestamp,
    /// What it says.
    pub content: Zeroizing<Vec<u8>>,
}

/// An application that was sent.
pub struct Application {
    /// Its id. Also the name by which the record system knows it.
    pub id: ItemId,
    /// When it was sent.
    pub at: Timestamp,
    /// What it says.
    pub content: Zeroizing<Vec<u8>>,
    /// What told that it was taken back.
    pub withdrawal: Option<OutgoingId>,
}

/// Something that was asked about a loan.
pub struct Ask {
    /// Which loan.
    pub loan: ItemId,
    /// What.
    pub kind: AskKind,
    /// The name by which the record system knows it.
    pub id: OutgoingId,
    /// When.
    pub at: Timestamp,
    /// What it says.
    pub content: Zeroizing<Vec<u8>>,
}

fn seal(
    tx: &Tx<'_>,
    access: &Access<'_>,
    (id, column): ([u8; 16], u8),
    content: &[u8],
) -> Result<Vec<u8>, StoreError> {
    let (municipality, citizen) = access.place();
    access.key().seal(&Aads::new(municipality, &citizen, &id, column, 0), tx.nonce(), content)
}

fn open(
    access: &Access<'_>,
    (id, column): ([u8; 16], u8),
    sealed: &[u8],
) -> Result<Zeroizing<Vec<u8>>, StoreError> {
    let (municipality, citizen) = access.place();
    let aad = Aads::new(municipality, &citizen, &id, column, 0);
    access.key().open(&aad, sealed).ok_or(StoreError::corrupt("aids", "sealed"))
}

/// Keeps a draft of this reader, new or changed.
pub fn save_draft(tx: &Tx<'_>, access: &Access<'_>, id: ItemId, content: &[u8]) -> Result<(), StoreError> {
    let (municipality, citizen) = access.place();
    let (writer, key) = (access.reader().into_bytes(), id.into_bytes());
    let sealed = seal(tx, access, (key, column::AID_DRAFT), content)?;
    let values = params![municipality, &citizen, &writer, &key, &sealed, tx.now().millis()];
    tx.execute(sql!("aids/save_draft"), values)?;
    Ok(())
}

/// A draft of this reader.
pub fn draft(tx: &Tx<'_>, access: &Access<'_>, id: ItemId) -> Result<Option<Draft>, StoreError> {
    let ((municipality, citizen), writer) = (access.place(), access.reader().into_bytes());
    let key = id.into_bytes();
    let values = params![municipality, &citizen, &writer, &key];
    tx.one(sql!("aids/draft"), values, |row| read_draft(access, row))
}

/// Every draft of this reader in this journal, the last touched first.
pub fn drafts(tx: &Tx<'_>, access: &Access<'_>) -> Result<Vec<Draft>, StoreError> {
    let ((municipality, citizen), writer) = (access.place(), access.reader().into_bytes());
    tx.all(sql!("aids/drafts"), params![municipality, &citizen, &writer], |row| read_draft(access, row))
}

fn read_draft(access: &Access<'_>, row: &Row<'_>) -> Result<Draft, StoreError> {
    let id = ItemId::from_uuid(row.id(0)?);
    let content = open(access, (id.into_bytes(), column::AID_DRAFT), row.blob(1)?)?;
    Ok(Draft { id, at: Timestamp::from_millis(row.int(2)?), content })
}

/// Takes a draft of this reader away; its files stay. True if it was there.
pub fn take_draft(tx: &Tx<'_>, access: &Access<'_>, id: ItemId) -> Result<bool, StoreError> {
    let ((municipality, citizen), writer) = (access.place(), access.reader().into_bytes());
    let key = id.into_bytes();
    let values = params![municipality, &citizen, &writer, &key];
    Ok(tx.execute(sql!("aids/drop_draft"), values)? == 1)
}

/// Keeps an application as it was sent.
pub fn put_application(
    tx: &Tx<'_>,
    access: &Access<'_>,
    id: ItemId,
    content: &[u8],
) -> Result<(), StoreError> {
    let ((municipality, citizen), key) = (access.place(), id.into_bytes());
    let sealed = seal(tx, access, (key, column::AID_APPLICATION), content)?;
    let values = params![municipality, &citizen, &key, tx.now().millis(), &sealed];
    tx.execute(sql!("aids/put_application"), values)?;
    Ok(())
}

/// Every application of this journal, newest first.
pub fn applications(tx: &Tx<'_>, access: &Access<'_>) -> Result<Vec<Application>, StoreError> {
    let (municipality, citizen) = access.place();
    tx.all(sql!("aids/applications"), params![municipality, &citizen], |row| read_application(access, row))
}

/// One application of this journal.
pub fn application(tx: &Tx<'_>, access: &Access<'_>, id: ItemId) -> Result<Option<Application>, StoreError> {
    let ((municipality, citizen), key) = (access.place(), id.into_bytes());
    let values = params![municipality, &citizen, &key];
    tx.one(sql!("aids/application"), values, |row| read_application(access, row))
}

fn read_application(access: &Access<'_>, row: &Row<'_>) -> Result<Application, StoreError> {
    let id = ItemId::from_uuid(row.id(0)?);
    let withdrawal = row.opt_blob(3)?.map(|bytes| bytes.try_into().map(OutgoingId::from_bytes));
    Ok(Application {
        id,
        at: Timestamp::from_millis(row.int(1)?),
        content: open(access, (id.into_bytes(), column::AID_APPLICATION), row.blob(2)?)?,
        withdrawal: withdrawal
            .transpose()
            .map_err(|_| StoreError::corrupt("aid_application", "withdrawal"))?,
    })
}

/// Notes by what an application was taken back. True for the first who does.
pub fn withdraw(
    tx: &Tx<'_>,
    access: &Access<'_>,
    id: ItemId,
    withdrawal: OutgoingId,
) -> Result<bool, StoreError> {
    let ((municipality, citizen), key, by) = (access.place(), id.into_bytes(), withdrawal.into_bytes());
    let values = params![municipality, &citizen, &key, &by];
    Ok(tx.execute(sql!("aids/withdraw"), values)? == 1)
}

/// Keeps what was asked about a loan.
pub fn put_ask(
    tx: &Tx<'_>,
    access: &Access<'_>,
    (loan, kind, id): (ItemId, AskKind, OutgoingId),
    content: &[u8],
) -> Result<(), StoreError> {
    let ((municipality, citizen), key) = (access.place(), id.into_bytes());
    let sealed = seal(tx, access, (key, column::AID_ASK), content)?;
    let (loan, now) = (loan.into_bytes(), tx.now().millis());
    tx.execute(
        sql!("aids/put_ask"),
        params![municipality, &citizen, &loan, kind.code(), &key, now, &sealed],
    )?;
    Ok(())
}

/// Everything that was asked about loans of this journal, newest first.
pub fn asks(tx: &Tx<'_>, access: &Access<'_>) -> Result<Vec<Ask>, StoreError> {
    let (municipality, citizen) = access.place();
    tx.all(sql!("aids/asks"), params![municipality, &citizen], |row| {
        let id = OutgoingId::from_uuid(row.id(2)?);
        Ok(Ask {
            loan: ItemId::from_uuid(row.id(0)?),
            kind: AskKind::from_code(row.text(1)?).ok_or(StoreError::corrupt("aid_ask", "kind"))?,
            id,
            at: Timestamp::from_millis(row.int(3)?),
            content: open(access, (id.into_bytes(), column::AID_ASK), row.blob(4)?)?,
        })
    })
}
