//! Mandates that an authority has paused, by the day on which it must look at them again. It knows ids and times, and
//! refuses to say whose they are.

use crate::error::StoreError;
use crate::tx::Tx;
use crate::{params, sql};
use borgerportal_domain::ids::MandateId;
use borgerportal_domain::time::Timestamp;

/// Paused mandates that have not run out, each with the instant by which it must be decided, the earliest first.
pub fn paused(tx: &Tx<'_>, most: i64) -> Result<Vec<(Timestamp, MandateId)>, StoreError> {
    tx.all(sql!("mandates/paused"), params![tx.now().millis(), most], |row| {
        Ok((Timestamp::from_millis(row.int(0)?), MandateId::from_uuid(row.id(1)?)))
    })
}

/// How many of them should have been decided by now.
pub fn missed(tx: &Tx<'_>) -> Result<i64, StoreError> {
    Ok(tx.one(sql!("mandates/reviews_missed"), params![tx.now().millis()], |row| row.int(0))?.unwrap_or(0))
}
