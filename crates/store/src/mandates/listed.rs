//! The lists people read of their own: a page at a time, however many mandates there are, live ones first. It refuses
//! to load what is not on the page.

use super::kept::{Gathered, Kept};
use super::requests;
use crate::error::StoreError;
use crate::people;
use crate::tx::Tx;
use crate::{params, sql};
use borgerportal_domain::ids::PersonId;
use borgerportal_domain::mandates::Party;
use borgerportal_domain::person::PersonName;

/// A mandate with the name of the other side, as the registers have it; nothing for a holder who is nobody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The mandate.
    pub kept: Kept,
    /// The other side.
    pub other: Option<PersonName>,
}

/// How many there are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    /// Ended ones too.
    pub all: usize,
    /// That hold now, later, or are paused.
    pub live: usize,
}

/// A page of the mandates of which this person is this party: live ones by their end, then ended ones, the newest
/// first. Rows come in no order.
pub fn mandates(
    tx: &Tx<'_>,
    (person, side): (PersonId, Party),
    (most, before): (i64, i64),
) -> Result<Vec<Listed>, StoreError> {
    let (id, now) = (person.into_bytes(), tx.now().millis());
    let values = params![&id, now, most, before];
    let sql = match side {
        Party::Giver => sql!("mandates/listed_given"),
        Party::Holder => sql!("mandates/listed_held"),
    };
    let mut gathered = Gathered::default();
    let mut names: Vec<Option<PersonName>> = Vec::new();
    tx.each(sql, values, |row| {
        if gathered.add(tx, row)? {
            names.push(people::read_opt(tx, row, 24)?.map(|other| other.name));
        }
        Ok(())
    })?;
    Ok(gathered.kept().into_iter().zip(names).map(|(kept, other)| Listed { kept, other }).collect())
}

/// How many of them there are.
pub fn count(tx: &Tx<'_>, person: PersonId, side: Party) -> Result<Count, StoreError> {
    let (id, now) = (person.into_bytes(), tx.now().millis());
    let sql = match side {
        Party::Giver => sql!("mandates/counted_given"),
        Party::Holder => sql!("mandates/counted_held"),
    };
    let number = |number: i64| usize::try_from(number).unwrap_or(0);
    let counted = tx.one(sql, params![&id, now], |row| {
        Ok(Count { all: number(row.int(0)?), live: number(row.int(1)?) })
    })?;
    Ok(counted.unwrap_or_default())
}

/// What this person asked for: open ones first, then the newest, at most so many.
pub fn requests(tx: &Tx<'_>, requester: PersonId, most: i64) -> Result<Vec<requests::Kept>, StoreError> {
    let requester = requester.into_bytes();
    let values = params![&requester, tx.now().millis(), most];
    tx.all(sql!("mandates/requests_listed"), values, |row| requests::read(tx, row))
}
