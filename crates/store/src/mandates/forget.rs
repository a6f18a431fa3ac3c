//! What is kept no longer: mandates and requests long over, with the texts that were signed. Their chains stay without
//! a word of people, and still hold. It refuses what may still be asked about: the age is the caller's to say, and
//! an open request is never forgotten.

use super::chain;
use crate::error::StoreError;
use crate::tx::Tx;
use crate::{params, sql};
use borgerportal_domain::time::Timestamp;

/// Forgets mandates whose last day lies before this, at most so many. Returns how many.
pub fn mandates(tx: &Tx<'_>, ended_before: Timestamp, most: i64) -> Result<u64, StoreError> {
    let old = tx.all(sql!("mandates/old_mandates"), params![ended_before.millis(), most], |row| row.id(0))?;
    old.iter().try_for_each(|id| mandate(tx, id.into_bytes()))?;
    Ok(old.len() as u64)
}

/// Forgets this mandate.
pub(crate) fn mandate(tx: &Tx<'_>, id: [u8; 16]) -> Result<(), StoreError> {
    tx.execute(sql!("mandates/drop_evidence_of_mandate"), params![&id])?;
    tx.execute(sql!("mandates/drop_items"), params![&id])?;
    tx.execute(sql!("mandates/drop_mandate"), params![&id])?;
    chain::forget(tx, id)
}

/// Forgets closed requests that were sent before this, at most so many. Returns how many.
pub fn requests(tx: &Tx<'_>, sent_before: Timestamp, most: i64) -> Result<u64, StoreError> {
    let old = tx.all(sql!("mandates/old_requests"), params![sent_before.millis(), most], |row| row.id(0))?;
    for id in &old {
        let id = id.as_bytes();
        tx.execute(sql!("mandates/drop_evidence_of_request"), params![id])?;
        tx.execute(sql!("mandates/drop_request"), params![id])?;
        chain::forget(tx, *id)?;
    }
    Ok(old.len() as u64)
}
