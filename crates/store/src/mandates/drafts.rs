//! Drafts: sealed, and found only together with their writer.

use super::seal;
use crate::engine::Row;
use crate::error::StoreError;
use crate::tx::Tx;
use crate::{params, sql};
use borgerportal_domain::cpr::Cpr;
use borgerportal_domain::ids::{DraftId, PackageVersionId, PersonId};
use borgerportal_domain::mandates::{Draft, DraftKind, Named};
use borgerportal_domain::time::Timestamp;
use serde::{Deserialize, Serialize};

const fn corrupt(column: &'static str) -> StoreError {
    StoreError::corrupt("mandate_draft", column)
}

/// A person as typed, under a seal.
#[derive(Serialize, Deserialize)]
pub(super) struct SealedName {
    name: String,
    cpr: Option<String>,
    address: Option<String>,
}

impl SealedName {
    pub(super) fn of(named: &Named) -> Self {
        Self {
            name: named.name.clone(),
            cpr: named.cpr.as_ref().map(|cpr| cpr.expose().to_owned()),
            address: named.address.clone(),
        }
    }

    pub(super) fn open(self) -> Option<Named> {
        let cpr = self.cpr.map(|cpr| Cpr::parse(&cpr)).transpose().ok()?;
        Some(Named { name: self.name, cpr, address: self.address })
    }
}

/// What lies under the seal.
#[derive(Serialize, Deserialize)]
struct Sealed {
    person: Option<SealedName>,
    packages: Vec<PackageVersionId>,
    last_day: Option<String>,
    by_letter: Option<bool>,
}

/// Keeps a draft, new or changed. A draft of somebody else stays as it is.
pub fn save(tx: &Tx<'_>, writer: PersonId, draft: &Draft) -> Result<bool, StoreError> {
    let sealed = Sealed {
        person: draft.person.as_ref().map(SealedName::of),
        packages: draft.packages.iter().copied().collect(),
        last_day: draft.last_day.map(|day| day.to_string()),
        by_letter: draft.by_letter,
    };
    let plain = serde_json::to_vec(&sealed).map_err(|_| corrupt("sealed"))?;
    let sealed = seal::close(tx, "draft", draft.id.uuid(), &plain)?;
    let (id, person) = (draft.id.into_bytes(), writer.into_bytes());
    let values = params![&id, &person, draft.kind.code(), &sealed, tx.now().millis()];
    Ok(tx.execute(sql!("mandates/save_draft"), values)? == 1)
}

/// A draft of this writer.
pub fn load(tx: &Tx<'_>, writer: PersonId, id: DraftId) -> Result<Option<Draft>, StoreError> {
    tx.one(sql!("mandates/draft"), params![&id.into_bytes(), &writer.into_bytes()], |row| read(tx, row))
}

/// Every draft of this writer, the last touched first.
pub fn of(tx: &Tx<'_>, writer: PersonId) -> Result<Vec<Draft>, StoreError> {
    tx.all(sql!("mandates/drafts_of"), params![&writer.into_bytes()], |row| read(tx, row))
}

fn read(tx: &Tx<'_>, row: &Row<'_>) -> Result<Draft, StoreError> {
    let id = DraftId::from_uuid(row.id(0)?);
    let plain = seal::open(tx, "draft", id.uuid(), row.blob(2)?)?;
    let sealed: Sealed = serde_json::from_slice(&plain).map_err(|_| corrupt("sealed"))?;
    let day = sealed.last_day.map(|day| day.parse()).transpose().map_err(|_| corrupt("last_day"))?;
    Ok(Draft {
        id,
        kind: DraftKind::from_code(row.text(1)?).ok_or(corrupt("kind"))?,
        person: sealed.person.map(|person| person.open().ok_or(corrupt("person"))).transpose()?,
        packages: sealed.packages.into_iter().collect(),
        last_day: day,
        by_letter: sealed.by_letter,
    })
}

/// Throws a draft of this writer away. True if there was one.
pub fn drop(tx: &Tx<'_>, writer: PersonId, id: DraftId) -> Result<bool, StoreError> {
    Ok(tx.execute(sql!("mandates/drop_draft"), params![&id.into_bytes(), &writer.into_bytes()])? == 1)
}

/// Deletes drafts nobody has touched since. Returns how many.
pub fn sweep(tx: &Tx<'_>, untouched_since: Timestamp) -> Result<u64, StoreError> {
    tx.execute(sql!("mandates/sweep_drafts"), params![untouched_since.millis()])
}
