//! Which journals a person has, or may have, anything to do with in a municipality. This is for choosing only:
//! each is decided by its own facts before a name is shown.

use crate::error::StoreError;
use crate::tx::Tx;
use crate::{params, sql};
use borgerportal_domain::ids::{JournalId, PersonId};
use borgerportal_domain::municipality::MunicipalityCode;

/// Own journal and those of givers, children and wards, in no particular order.
pub fn journals(
    tx: &Tx<'_>,
    actor: PersonId,
    municipality: MunicipalityCode,
) -> Result<Vec<JournalId>, StoreError> {
    let (actor, number) = (actor.into_bytes(), i64::from(municipality.number()));
    tx.all(sql!("facts/reach"), params![&actor, number], |row| Ok(JournalId::from_uuid(row.id(0)?)))
}

/// Whether a journal is this person's own. The same work whether or not there is such a journal.
pub fn is_own(tx: &Tx<'_>, journal: JournalId, actor: PersonId) -> Result<bool, StoreError> {
    let (journal, actor) = (journal.into_bytes(), actor.into_bytes());
    Ok(tx.one(sql!("facts/is_own"), params![&journal, &actor], |_| Ok(()))?.is_some())
}

/// Where there is a journal of this person.
pub fn municipalities(tx: &Tx<'_>, citizen: PersonId) -> Result<Vec<MunicipalityCode>, StoreError> {
    Ok(numbers(tx, citizen)?.into_iter().filter_map(crate::sessions::municipality).collect())
}

/// The same as numbers, as they are kept.
pub(crate) fn numbers(tx: &Tx<'_>, citizen: PersonId) -> Result<Vec<i64>, StoreError> {
    tx.all(sql!("claims/municipalities"), params![&citizen.into_bytes()], |row| row.int(0))
}

/// The journal of a citizen in a municipality, if there is one. For jobs and record systems.
pub fn citizens_journal(
    tx: &Tx<'_>,
    citizen: PersonId,
    municipality: MunicipalityCode,
) -> Result<Option<JournalId>, StoreError> {
    let (number, citizen) = (i64::from(municipality.number()), citizen.into_bytes());
    tx.one(sql!("facts/citizens_journal"), params![number, &citizen], |row| {
        Ok(JournalId::from_uuid(row.id(0)?))
    })
}
