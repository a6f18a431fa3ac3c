//! The e-mail address somebody has confirmed, and the one that waits for its code. Both are sealed. It refuses to keep an
//! address as confirmed that no code was sent to, and to send more codes in a day than the rule lets.

use super::{drop_alert, put};
use crate::error::StoreError;
use crate::tx::Tx;
use crate::{params, sql};
use borgerportal_domain::ids::PersonId;
use borgerportal_domain::news::{CODES_A_DAY, Confirmation, Kind, MailAddress, code};
use borgerportal_domain::time::Timestamp;

const DAY_MS: i64 = 86_400_000;
/// Digits of a code; the address stands behind them under the seal.
const DIGITS: usize = 6;

const fn corrupt(table: &'static str) -> StoreError {
    StoreError::corrupt(table, "sealed")
}

/// A confirmed address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// As it was typed.
    pub address: MailAddress,
    /// Its mail server said that there is none of that name: nothing goes there.
    pub refused: bool,
}

/// An address that waits for its code.
#[derive(Clone, PartialEq, Eq)]
pub struct Waiting {
    /// As it was typed.
    pub address: MailAddress,
    /// What was sent there.
    pub code: String,
    /// Since when, and how often something was typed.
    pub confirmation: Confirmation,
}

/// The confirmed address of somebody.
pub fn address(tx: &Tx<'_>, person: PersonId) -> Result<Option<Address>, StoreError> {
    tx.one(sql!("news/address"), params![&person.into_bytes()], |row| {
        let address = open(tx, "mail_address", person, row.blob(0)?)?;
        let address = MailAddress::parse(&address).ok_or(corrupt("mail_address"))?;
        Ok(Address { address, refused: row.opt_int(1)?.is_some() })
    })
}

/// The address of somebody that waits for its code, however long.
pub fn waiting(tx: &Tx<'_>, person: PersonId) -> Result<Option<Waiting>, StoreError> {
    let found = tx.one(sql!("news/code"), params![&person.into_bytes()], |row| {
        let Some(sealed) = row.opt_blob(0)? else { return Ok(None) };
        let plain = open(tx, "mail_code", person, sealed)?;
        let (code, address) = plain.split_at_checked(DIGITS).ok_or(corrupt("mail_code"))?;
        Ok(Some(Waiting {
            address: MailAddress::parse(address).ok_or(corrupt("mail_code"))?,
            code: code.to_owned(),
            confirmation: Confirmation {
                asked_at: Timestamp::from_millis(row.int(1)?),
                tries: u32::try_from(row.int(2)?).map_err(|_| StoreError::corrupt("mail_code", "tries"))?,
            },
        }))
    })?;
    Ok(found.flatten())
}

/// Makes a code for an address and puts it on its way. False when there were too many that day.
pub fn keep_code(tx: &Tx<'_>, person: PersonId, address: &MailAddress) -> Result<bool, StoreError> {
    let (id, now) = (person.into_bytes(), tx.now());
    let before = tx.one(sql!("news/code"), params![&id], |row| Ok((row.int(3)?, row.int(4)?)))?;
    let today = before.filter(|(_, since)| now.millis_since(Timestamp::from_millis(*since)) < DAY_MS);
    let (asked, since) = today.unwrap_or((0, now.millis()));
    if asked >= i64::from(CODES_A_DAY) {
        return Ok(false);
    }
    let plain = format!("{}{}", code(tx.salt()), address.as_str());
    let sealed = seal(tx, "mail_code", person, &plain)?;
    tx.execute(sql!("news/keep_code"), params![&id, &sealed, now.millis(), asked + 1, since])?;
    put(tx, person, Kind::Code)?;
    Ok(true)
}

/// Notes that something was typed that is not the code.
pub fn note_try(tx: &Tx<'_>, person: PersonId) -> Result<(), StoreError> {
    tx.execute(sql!("news/note_try"), params![&person.into_bytes()])?;
    Ok(())
}

/// The address that waited is confirmed, in the place of any other. What was on its way to that one is dropped.
pub fn confirm(tx: &Tx<'_>, person: PersonId, address: &MailAddress) -> Result<(), StoreError> {
    let sealed = seal(tx, "mail_address", person, address.as_str())?;
    tx.execute(sql!("news/keep_address"), params![&person.into_bytes(), &sealed, tx.now().millis()])?;
    drop_alert(tx, person, Kind::Mail)?;
    forget_code(tx, person)
}

/// Forgets an address that waits. How many codes were asked for that day is remembered.
pub fn forget_code(tx: &Tx<'_>, person: PersonId) -> Result<(), StoreError> {
    tx.execute(sql!("news/forget_code"), params![&person.into_bytes()])?;
    drop_alert(tx, person, Kind::Code)
}

/// Forgets somebody's address, and what they wanted to hear by it.
pub fn drop_address(tx: &Tx<'_>, person: PersonId) -> Result<(), StoreError> {
    let id = person.into_bytes();
    tx.execute(sql!("news/drop_address"), params![&id])?;
    tx.execute(sql!("news/unwish_mail"), params![&id])?;
    drop_alert(tx, person, Kind::Mail)?;
    forget_code(tx, person)
}

fn seal(tx: &Tx<'_>, table: &str, person: PersonId, plain: &str) -> Result<Vec<u8>, StoreError> {
    tx.keys().seal_person(&place(table, person), tx.nonce(), plain.as_bytes())
}

fn open(tx: &Tx<'_>, table: &'static str, person: PersonId, sealed: &[u8]) -> Result<String, StoreError> {
    let plain = tx.keys().open_person(&place(table, person), sealed).map_err(|_| corrupt(table))?;
    std::str::from_utf8(&plain).map(str::to_owned).map_err(|_| corrupt(table))
}

/// Bound to table and person: sealed bytes cannot be moved to another place.
fn place(table: &str, person: PersonId) -> Vec<u8> {
    [table.as_bytes(), &person.into_bytes()].concat()
}
