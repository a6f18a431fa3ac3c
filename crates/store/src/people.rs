//! People, found by a keyed hash of their CPR number and otherwise known by an opaque id. Number, names and
//! birth date are sealed. This is not the record: who may see a name is for the caller to know.

use crate::engine::Row;
use crate::error::StoreError;
use crate::head::{date, days, put_text, text};
use crate::tx::Tx;
use crate::{params, sql};
use borgerportal_domain::cpr::Cpr;
use borgerportal_domain::ids::PersonId;
use borgerportal_domain::person::{Language, PersonFacts, PersonName};
use borgerportal_domain::time::Date;
use zeroize::Zeroizing;

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

/// Keeps a person, new or changed, and ties the number to them. Earlier numbers stay tied.
pub fn save(tx: &Tx<'_>, person: &Person) -> Result<(), StoreError> {
    let id = person.facts.id.into_bytes();
    let plain = encode(person);
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

/// A number leads to somebody else from now on: whom it led to was known by nothing but that number.
pub fn move_number(tx: &Tx<'_>, cpr: &Cpr, to: PersonId) -> Result<(), StoreError> {
    let hash = tx.keys().cpr_hash(cpr);
    tx.execute(sql!("people/move_number"), params![&hash, &to.into_bytes(), tx.now().millis()])?;
    Ok(())
}

/// What this person last chose to read; nothing when they never chose.
pub fn language(tx: &Tx<'_>, person: PersonId) -> Result<Option<Language>, StoreError> {
    let corrupt = || StoreError::corrupt("person_language", "language");
    let read = |row: &Row<'_>| Language::from_code(row.text(0)?).ok_or_else(corrupt);
    tx.one(sql!("people/language"), params![&person.into_bytes()], read)
}

/// Keeps what a person has chosen to read.
pub fn keep_language(tx: &Tx<'_>, person: PersonId, language: Language) -> Result<(), StoreError> {
    tx.execute(sql!("people/keep_language"), params![&person.into_bytes(), language.code()])?;
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
    let deceased_on = row.opt_text(column + 2)?.map(crate::custody::date).transpose()?;
    let (name, cpr, birth_on) = decode(&plain).ok_or(StoreError::corrupt("person", "sealed"))?;
    let facts =
        PersonFacts { id: PersonId::from_uuid(id), birth_on, deceased_on, protected: row.flag(column + 3)? };
    Ok(Person { facts, name, cpr })
}

/// The same of a person who may not have been found.
pub(crate) fn read_opt(tx: &Tx<'_>, row: &Row<'_>, column: usize) -> Result<Option<Person>, StoreError> {
    row.opt_blob(column)?.is_some().then(|| read(tx, row, column)).transpose()
}

const VERSION: u8 = 1;

/// What lies under the seal, read at every request and so without a parser:
/// `1, birth date (days since 1970, i64), then CPR number, given and family name, each u16 length + UTF-8`.
fn encode(person: &Person) -> Zeroizing<Vec<u8>> {
    let texts = [person.cpr.expose(), &person.name.given, &person.name.family];
    // Room for all of it: a vector that grows leaves a copy behind.
    let room = 9 + texts.iter().map(|text| 2 + text.len()).sum::<usize>();
    let mut bytes = Zeroizing::new(Vec::with_capacity(room));
    bytes.push(VERSION);
    bytes.extend(days(person.facts.birth_on).to_be_bytes());
    for text in texts {
        put_text(&mut bytes, text);
    }
    bytes
}

fn decode(bytes: &[u8]) -> Option<(PersonName, Cpr, Date)> {
    let (version, rest) = bytes.split_first()?;
    let (birth_on, rest) = rest.split_first_chunk::<8>()?;
    let (cpr, rest) = text(rest)?;
    let (given, rest) = text(rest)?;
    let (family, rest) = text(rest)?;
    if *version != VERSION || !rest.is_empty() {
        return None;
    }
    let name = PersonName { given: given.to_owned(), family: family.to_owned() };
    Some((name, Cpr::parse(cpr).ok()?, date(i64::from_be_bytes(*birth_on))?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn person(given: &str, family: &str, birth_on: Date) -> Person {
        let id = PersonId::from_bytes([7; 16]);
        Person {
            facts: PersonFacts { id, birth_on, deceased_on: None, protected: false },
            name: PersonName { given: given.to_owned(), family: family.to_owned() },
            cpr: Cpr::parse("7205440012").unwrap(),
        }
    }

    proptest! {
        #[test]
        fn a_person_comes_back_as_they_went(given in ".{0,80}", family in ".{0,80}", day in -60_000_i64..60_000) {
            let person = person(&given, &family, date(day).unwrap());
            let (name, cpr, birth_on) = decode(&encode(&person)).unwrap();
            prop_assert_eq!((name, cpr, birth_on), (person.name, person.cpr, person.facts.birth_on));
        }

        #[test]
        fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..60)) {
            let _ = decode(&bytes);
        }
    }

    #[test]
    fn what_is_cut_off_goes_on_or_is_of_another_version_is_no_person() {
        let whole = encode(&person("Åse", "Ærø", Date::constant(1944, 5, 12))).to_vec();
        for end in 0..whole.len() {
            assert_eq!(decode(&whole[..end]), None, "{end}");
        }
        assert_eq!(decode(&[&whole[..], &[0]].concat()), None);
        assert_eq!(decode(&[&[VERSION + 1], &whole[1..]].concat()), None);
        assert_eq!(decode(br#"{"cpr":"7205440012","given":"A","family":"B","birth_on":"1944-05-12"}"#), None);
    }

    #[test]
    fn an_endless_name_is_cut_between_characters_and_still_read() {
        let (name, ..) =
            decode(&encode(&person(&"å".repeat(40_000), "Holm", Date::constant(1944, 5, 12)))).unwrap();
        assert_eq!((name.given.len(), name.family.as_str()), (65_534, "Holm"));
    }

    #[test]
    fn the_plain_bytes_are_never_copied_by_growing() {
        let plain = encode(&person("Inger", "Holm", Date::constant(1944, 5, 12)));
        assert_eq!(plain.len(), plain.capacity());
    }
}
