//! What operators see: how many wait, since when, and which need a hand.

use super::corrupt;
use crate::error::StoreError;
use crate::tx::Tx;
use crate::{params, sessions, sql};
use borgerportal_domain::ids::OutgoingId;
use borgerportal_domain::municipality::MunicipalityCode;
use borgerportal_domain::outgoing::{OutgoingKind, State};
use borgerportal_domain::time::Timestamp;

/// The way out in three numbers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Queue {
    /// How many wait.
    pub waiting: i64,
    /// When the oldest of them was put.
    pub oldest: Option<Timestamp>,
    /// How many need a hand.
    pub dead: i64,
}

/// One in a list for operators: nothing of whom or about what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Its name, as the record system knows it.
    pub id: OutgoingId,
    /// For whose record system.
    pub municipality: MunicipalityCode,
    /// What it is.
    pub kind: OutgoingKind,
    /// Where it is.
    pub state: State,
    /// Tries in that state.
    pub attempts: i64,
    /// When it was put.
    pub at: Timestamp,
    /// When something last happened.
    pub changed_at: Timestamp,
    /// The last code noted.
    pub why: String,
}

/// The way out in numbers.
pub fn queue(tx: &Tx<'_>) -> Result<Queue, StoreError> {
    let waiting = tx.one(sql!("outgoing/waiting"), &[], |row| Ok((row.int(0)?, row.opt_int(1)?)))?;
    let (waiting, oldest) = waiting.unwrap_or_default();
    let dead = tx.one(sql!("outgoing/dead"), &[], |row| row.int(0))?.unwrap_or(0);
    Ok(Queue { waiting, oldest: oldest.map(Timestamp::from_millis), dead })
}

/// Those in a state, those that have been there longest first.
pub fn list(tx: &Tx<'_>, state: State, most: i64) -> Result<Vec<Listed>, StoreError> {
    tx.all(sql!("outgoing/list"), params![state.code(), most], |row| {
        Ok(Listed {
            id: OutgoingId::from_uuid(row.id(0)?),
            municipality: sessions::municipality(row.int(1)?).ok_or(corrupt("municipality"))?,
            kind: OutgoingKind::from_code(row.text(2)?).ok_or(corrupt("kind"))?,
            state: State::from_code(row.text(3)?).ok_or(corrupt("state"))?,
            attempts: row.int(4)?,
            at: Timestamp::from_millis(row.int(5)?),
            changed_at: Timestamp::from_millis(row.int(6)?),
            why: row.opt_text(7)?.unwrap_or_default().to_owned(),
        })
    })
}
