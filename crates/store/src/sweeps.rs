//! Deleting what a rule says is too old to keep, whoever it was about: without reading it, so without an `Access`. It refuses to
//! decide how old that is: the jobs say it.

use crate::error::StoreError;
use crate::tx::Tx;
use crate::{attachments, params, sessions, sql};
use borgerportal_domain::ids::{ItemId, PersonId};
use borgerportal_domain::time::Timestamp;

/// Deletes drafts of applications for aids that nobody has touched since, with their files. Returns how many.
pub fn aid_drafts(tx: &Tx<'_>, untouched_since: Timestamp, most: i64) -> Result<u64, StoreError> {
    let old = tx.all(sql!("aids/old_drafts"), params![untouched_since.millis(), most], |row| {
        Ok((row.int(0)?, PersonId::from_uuid(row.id(1)?), ItemId::from_uuid(row.id(2)?)))
    })?;
    let mut swept = 0;
    for (number, citizen, id) in old {
        let municipality =
            sessions::municipality(number).ok_or(StoreError::corrupt("aid_draft", "municipality"))?;
        attachments::forget(tx, municipality, citizen, id)?;
        let (owner, key) = (citizen.into_bytes(), id.into_bytes());
        let values = params![number, &owner, &key];
        swept += tx.execute(sql!("aids/sweep_draft"), values)?;
    }
    Ok(swept)
}

/// Forgets drafts that nobody has touched since, with their files. Returns how many.
pub fn message_drafts(tx: &Tx<'_>, untouched_since: Timestamp, most: i64) -> Result<u64, StoreError> {
    let old = tx.all(sql!("messages/old_drafts"), params![untouched_since.millis(), most], |row| {
        let corrupt = StoreError::corrupt("message_draft", "municipality");
        let municipality = sessions::municipality(row.int(0)?).ok_or(corrupt)?;
        Ok((municipality, PersonId::from_uuid(row.id(1)?), row.id(2)?, ItemId::from_uuid(row.id(3)?)))
    })?;
    for (municipality, citizen, writer, id) in &old {
        attachments::forget(tx, *municipality, *citizen, *id)?;
        let (number, citizen, id) = (i64::from(municipality.number()), citizen.into_bytes(), id.into_bytes());
        tx.execute(sql!("messages/drop_draft"), params![number, &citizen, writer.as_bytes(), &id])?;
    }
    Ok(old.len() as u64)
}
