//! The list of what was deleted by law, and doing it again after a restore: a restored database is older than
//! the deletions that came after it. The list holds ids, times and reasons, never content, so that it can be
//! copied out often and kept apart from backups.

use crate::error::StoreError;
use crate::leaving::{self, NOBODY};
use crate::tx::Tx;
use crate::{params, sessions, sql};
use borgerportal_domain::ids::{ItemId, PersonId};
use borgerportal_domain::municipality::MunicipalityCode;
use borgerportal_domain::time::Timestamp;
use serde::{Deserialize, Serialize};

/// The strength of a deletion beside other versions: nothing of the same time beats it.
const DELETED: i64 = 3;

/// One item that was deleted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deleted {
    municipality: i64,
    citizen: String,
    item: String,
    at: i64,
    reason: String,
}

impl Deleted {
    /// When it was deleted.
    pub const fn at(&self) -> Timestamp {
        Timestamp::from_millis(self.at)
    }

    /// Which municipality, where it was not one item that was deleted, but everything of a municipality that left.
    pub fn municipality(&self) -> Option<MunicipalityCode> {
        let nobody = NOBODY.to_string();
        let whole = self.citizen == nobody && self.item == nobody;
        whole.then(|| sessions::municipality(self.municipality)).flatten()
    }
}

/// Everything on the list, oldest first.
pub fn all(tx: &Tx<'_>) -> Result<Vec<Deleted>, StoreError> {
    tx.all(sql!("record/deletions"), &[], |row| {
        Ok(Deleted {
            municipality: row.int(0)?,
            citizen: PersonId::from_uuid(row.id(1)?).to_string(),
            item: ItemId::from_uuid(row.id(2)?).to_string(),
            at: row.int(3)?,
            reason: row.text(4)?.to_owned(),
        })
    })
}

/// Deletes this item once more, if it is there, and keeps it on the list. A version of it that is not newer
/// than the deletion stays out when it is delivered again. True if something was there. Of a whole municipality it keeps only
/// the entry: that is more than one transaction should do.
pub fn apply(tx: &Tx<'_>, deleted: &Deleted) -> Result<bool, StoreError> {
    if deleted.municipality().is_some() {
        leaving::note(tx, deleted.municipality, deleted.at, &deleted.reason)?;
        return Ok(false);
    }
    let corrupt = || StoreError::corrupt("deletion", "id");
    let citizen = PersonId::parse(&deleted.citizen).map_err(|_| corrupt())?.into_bytes();
    let item = ItemId::parse(&deleted.item).map_err(|_| corrupt())?.into_bytes();
    let place = params![deleted.municipality, &citizen, &item];
    tx.items_change(deleted.municipality, &citizen)?;
    let mut rows = 0;
    for statement in [
        sql!("record/delete_item"),
        sql!("record/delete_words"),
        sql!("record/drop_body"),
        sql!("record/drop_files"),
        sql!("record/drop_original"),
        sql!("record/drop_history"),
    ] {
        rows += tx.execute(statement, place)?;
    }
    tx.execute(
        sql!("record/mark_deleted"),
        params![deleted.municipality, &citizen, &item, DELETED, deleted.at],
    )?;
    tx.execute(
        sql!("record/note_deletion"),
        params![deleted.municipality, &citizen, &item, deleted.at, &deleted.reason],
    )?;
    Ok(rows > 0)
}
