//! People, found by a keyed hash of their CPR number and otherwise known by an opaque id. Number, names and
//! birth date are sealed. This is not the record: who may see a name is for the caller to know.

use crate::engine::Row;
use crate::error::StoreError;
use crate::tx::Tx;
use crate::{params, sql};
use borgerportal_domain::cpr::Cpr;
use borgerportal_domain::ids::PersonId;
use borgerportal_domain::person::{PersonFacts, PersonName};
use borgerportal_domain::time::Date;
use serde::{Deserialize, Serialize};

/// A person as the registers know them.
#[derive(Clone, PartialEq, Eq)]
pub struct Person {
    /// What rules decide on.
    pub facts: PersonFacts,
    /// What others read.
    pub name: PersonName,
    /// The number, for the wire to a register; never shown.
    pub cpr: Cpr,
}

impl std::fmt::Debug for Person {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Person").field("id", &self.facts.id).finish_non_exhaustive()
    }
}

/// What lies under the seal.
#[derive(Serialize, Deserialize)]
struct Sealed<'a> {
    #[serde(borrow)]
    cpr: std::borrow::Cow<'a, str>,
    #[serde(borrow)]
    given: std::borrow::Cow<'a, str>,
    #[serde(borrow)]
    family: std::borrow::Cow<'a, str>,
    #[serde(borrow)]
    birth_on: std::borrow::Cow<'a, str>,
}

/// Keeps a person, new or changed, and ties the number to them. Earlier numbers stay tied.
pub fn save(tx: &Tx<'_>, person: &Person) -> Result<(), StoreError> {
    let id = person.facts.id.into_bytes();
    let plain = serde_json::to_vec(&Sealed {
        cpr: person.cpr.expose().into(),
        given: person.name.given.as_str().into(),
        family: person.name.family.as_str().into(),
        birth_on: person.facts.birth_on.to_string().into(),
    })
    .map_err(|_| StoreError::corrupt("person", "sealed"))?;
    let sealed = tx.keys().seal_person(&id, tx.nonce(), &plain)?;
    let deceased_on = person.facts.deceased_on.map(|date| date.to_string());
    tx.execute(
        sql!("people/save"),
        params![&id, &sealed, deceased_on.as_ref(), person.facts.protected, tx.now().millis()],
    )?;
    tie(tx, person.facts.id, &person.cpr)
}

/// Ties one more number to a person. A number that is tied already stays where it is.
pub fn tie(tx: &Tx<'_>, person: PersonId, cpr: &Cpr) -> Result<(), StoreError> {
    let hash = tx.keys().cpr_hash(cpr);
    tx.execute(sql!("people/save_number"), params![&hash, &person.into_bytes(), tx.now().millis()])?;
    Ok(())
}

/// Who has or had this number.
pub fn by_cpr(tx: &Tx<'_>, cpr: &Cpr) -> Result<Option<PersonId>, StoreError> {
    let hash = tx.keys().cpr_hash(cpr);
    tx.one(sql!("people/by_number"), params![&hash], |row| Ok(PersonId::from_uuid(row.id(0)?)))
}

/// A person by id.
pub fn person(tx: &Tx<'_>, id: PersonId) -> Result<Option<Person>, StoreError> {
    tx.one(sql!("people/person"), params![&id.into_bytes()], |row| read(tx, row, 0))
}

/// Reads `id, sealed, deceased_on, protected` from `column` on.
pub(crate) fn read(tx: &Tx<'_>, row: &Row<'_>, column: usize) -> Result<Person, StoreError> {
    let id = row.id(column)?;
    let plain = tx.keys().open_person(id.as_bytes(), row.blob(column + 1)?)?;
    let corrupt = || StoreError::corrupt("person", "sealed");
    let sealed: Sealed<'_> = serde_json::from_slice(&plain).map_err(|_| corrupt())?;
    let date = |text: &str| text.parse::<Date>().map_err(|_| corrupt());
    let facts = PersonFacts {
        id: PersonId::from_uuid(id),
        birth_on: date(&sealed.birth_on)?,
        deceased_on: row.opt_text(column + 2)?.map(date).transpose()?,
        protected: row.flag(column + 3)?,
    };
    let name = PersonName { given: sealed.given.into_owned(), family: sealed.family.into_owned() };
    Ok(Person { facts, name, cpr: Cpr::parse(&sealed.cpr).map_err(|_| corrupt())? })
}
