//! How far the word of a record system goes about a person who may be known in many municipalities: who filled in a
//! name that nobody better has said, and which changes of a CPR number wait for people to decide. It decides nothing
//! and holds no name and no number.

use crate::error::StoreError;
use crate::tx::Tx;
use crate::{params, reach, sql};
use borgerportal_domain::cpr::Cpr;
use borgerportal_domain::ids::PersonId;
use borgerportal_domain::municipality::MunicipalityCode;

/// The number of the municipality whose record system filled in name and birth; nobody's when a log-in or a
/// register has spoken, or nobody has.
pub fn filled_by(tx: &Tx<'_>, person: PersonId) -> Result<Option<i64>, StoreError> {
    tx.one(sql!("claims/filled_by"), params![&person.into_bytes()], |row| row.int(0))
}

/// This municipality's record system fills in what nobody has said.
pub fn fill(tx: &Tx<'_>, person: PersonId, municipality: MunicipalityCode) -> Result<(), StoreError> {
    tx.execute(sql!("claims/fill"), params![&person.into_bytes(), i64::from(municipality.number())])?;
    Ok(())
}

/// A log-in or a register has spoken: no record system corrects it any more.
pub fn better_said(tx: &Tx<'_>, person: PersonId) -> Result<(), StoreError> {
    tx.execute(sql!("claims/better_said"), params![&person.into_bytes()])?;
    Ok(())
}

/// Whether this municipality keeps a journal of the person, and no other does.
pub fn is_known_only_to(
    tx: &Tx<'_>,
    person: PersonId,
    municipality: MunicipalityCode,
) -> Result<bool, StoreError> {
    Ok(reach::numbers(tx, person)? == [i64::from(municipality.number())])
}

/// Whether any municipality keeps a journal of the person.
pub fn is_known_anywhere(tx: &Tx<'_>, person: PersonId) -> Result<bool, StoreError> {
    Ok(!reach::numbers(tx, person)?.is_empty())
}

/// Keeps a change of number that is not believed, once.
pub fn note(
    tx: &Tx<'_>,
    old: PersonId,
    new: &Cpr,
    (municipality, sender): (MunicipalityCode, &str),
) -> Result<(), StoreError> {
    let (number, hash) = (i64::from(municipality.number()), tx.keys().cpr_hash(new));
    let (old, now) = (old.into_bytes(), tx.now().millis());
    tx.execute(sql!("claims/note"), params![&old, &hash, number, sender, now])?;
    Ok(())
}

/// How many changes wait for people to decide.
pub fn waiting(tx: &Tx<'_>) -> Result<i64, StoreError> {
    Ok(tx.one(sql!("claims/count"), &[], |row| row.int(0))?.unwrap_or(0))
}
