//! Visits that were called off here. The visits themselves are items like any other. It refuses to say what became of a
//! cancellation at the record system: that stands with what was told.

use crate::access::Access;
use crate::engine::Row;
use crate::error::{Conflict, StoreError};
use crate::keys::Aads;
use crate::record::column;
use crate::tx::Tx;
use crate::{params, sql};
use borgerportal_domain::ids::{ItemId, OutgoingId, PersonId};
use borgerportal_domain::time::Timestamp;

/// A visit was called off here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cancellation {
    /// Which visit.
    pub item: ItemId,
    /// The how many-th time, from 0.
    pub round: i64,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: PersonId,
    /// What told the record system.
    pub told: OutgoingId,
    /// What was written to those who come.
    pub note: String,
    /// It was taken back.
    pub undone: Option<Undone>,
}

/// A cancellation was taken back here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Undone {
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: PersonId,
    /// What told the record system.
    pub told: OutgoingId,
}

/// Keeps a cancellation of this transaction's time, by the reader. One that stands already is a conflict.
pub fn cancel(
    tx: &Tx<'_>,
    access: &Access<'_>,
    (item, round): (ItemId, i64),
    (told, note): (OutgoingId, &str),
) -> Result<(), StoreError> {
    let (municipality, citizen) = access.place();
    let id = item.into_bytes();
    let aad = Aads::new(municipality, &citizen, &id, column::CANCELLATION, round);
    let note = access.key().seal(&aad, tx.nonce(), note.as_bytes())?;
    let (by, told) = (access.reader().into_bytes(), told.into_bytes());
    let values = params![municipality, &citizen, &id, round, tx.now().millis(), &by, &told, &note];
    tx.execute(sql!("calendar/cancel"), values)?;
    Ok(())
}

/// Takes a cancellation back at this transaction's time, by the reader. One that was taken back before is a conflict.
pub fn undo(
    tx: &Tx<'_>,
    access: &Access<'_>,
    (item, round): (ItemId, i64),
    told: OutgoingId,
) -> Result<(), StoreError> {
    let (municipality, citizen) = access.place();
    let (id, by, told) = (item.into_bytes(), access.reader().into_bytes(), told.into_bytes());
    let values = params![municipality, &citizen, &id, round, tx.now().millis(), &by, &told];
    match tx.execute(sql!("calendar/undo"), values)? {
        1 => Ok(()),
        _ => Err(StoreError::Conflict(Conflict::Changed)),
    }
}

/// Every cancellation since, by visit and time.
pub fn cancellations(
    tx: &Tx<'_>,
    access: &Access<'_>,
    since: Timestamp,
) -> Result<Vec<Cancellation>, StoreError> {
    let (municipality, citizen) = access.place();
    let values = params![municipality, &citizen, since.millis()];
    tx.all(sql!("calendar/cancellations"), values, |row| read(access, row))
}

/// Every cancellation of one visit, oldest first.
pub fn cancellations_of(
    tx: &Tx<'_>,
    access: &Access<'_>,
    item: ItemId,
) -> Result<Vec<Cancellation>, StoreError> {
    let (municipality, citizen) = access.place();
    let item = item.into_bytes();
    let values = params![municipality, &citizen, &item];
    tx.all(sql!("calendar/cancellations_of"), values, |row| read(access, row))
}

/// Forgets what was done with a visit that is deleted by law.
pub(crate) fn forget(
    tx: &Tx<'_>,
    (municipality, citizen): (i64, &[u8; 16]),
    item: &[u8; 16],
) -> Result<(), StoreError> {
    tx.execute(sql!("calendar/forget"), params![municipality, citizen, item])?;
    Ok(())
}

fn read(access: &Access<'_>, row: &Row<'_>) -> Result<Cancellation, StoreError> {
    let (municipality, citizen) = access.place();
    let (item, round) = (ItemId::from_uuid(row.id(0)?), row.int(1)?);
    let aad = Aads::new(municipality, &citizen, &item.into_bytes(), column::CANCELLATION, round);
    let corrupt = || StoreError::corrupt("visit_cancellation", "note");
    let note = access.key().open(&aad, row.blob(5)?).ok_or_else(corrupt)?;
    let undone = match row.opt_int(6)? {
        None => None,
        Some(at) => Some(Undone {
            at: Timestamp::from_millis(at),
            by: PersonId::from_uuid(row.id(7)?),
            told: OutgoingId::from_uuid(row.id(8)?),
        }),
    };
    Ok(Cancellation {
        item,
        round,
        at: Timestamp::from_millis(row.int(2)?),
        by: PersonId::from_uuid(row.id(3)?),
        told: OutgoingId::from_uuid(row.id(4)?),
        note: std::str::from_utf8(&note).map_err(|_| corrupt())?.to_owned(),
        undone,
    })
}
