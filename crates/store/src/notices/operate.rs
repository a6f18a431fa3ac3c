//! What operators see and do: how many messages wait, since when, which need a hand, and when ended ones go.

use super::corrupt;
use crate::error::StoreError;
use crate::tx::Tx;
use crate::{params, sql};
use borgerportal_domain::ids::NoticeId;
use borgerportal_domain::notices::{NoticeKind, State};
use borgerportal_domain::time::Timestamp;
use uuid::Uuid;

/// The outbox in four numbers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Queue {
    /// Messages that something is still to be done with.
    pub waiting: i64,
    /// When the oldest of them was put.
    pub oldest: Option<Timestamp>,
    /// Messages that need a hand.
    pub dead: i64,
    /// Messages that Digital Post took and gave no receipt for yet.
    pub without_receipt: i64,
    /// When the oldest of those was taken.
    pub oldest_without_receipt: Option<Timestamp>,
}

/// A message in a list for operators: nothing of whom or about what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Our name of it.
    pub id: NoticeId,
    /// Its messageUUID, as Digital Post knows it.
    pub message: Uuid,
    /// Its kind.
    pub kind: NoticeKind,
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

/// One thing that happened to a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// When.
    pub at: Timestamp,
    /// What.
    pub event: String,
    /// A code.
    pub why: String,
}

/// The outbox in numbers.
pub fn queue(tx: &Tx<'_>) -> Result<Queue, StoreError> {
    let count = |statement, values: &[_]| {
        let read = |row: &crate::engine::Row<'_>| Ok((row.int(0)?, row.opt_int(1)?));
        Ok::<_, StoreError>(tx.one(statement, values, read)?.unwrap_or_default())
    };
    let (waiting, oldest) = count(sql!("notices/waiting"), &[])?;
    let of = |state: State| count(sql!("notices/resting"), params![state.code()]);
    let (accepted, oldest_accepted) = of(State::Accepted)?;
    Ok(Queue {
        waiting,
        oldest: oldest.map(Timestamp::from_millis),
        dead: of(State::GivenUp)?.0 + of(State::LetterGivenUp)?.0,
        without_receipt: accepted,
        oldest_without_receipt: oldest_accepted.map(Timestamp::from_millis),
    })
}

/// Messages in a state, those that have been there longest first.
pub fn list(tx: &Tx<'_>, state: State, most: i64) -> Result<Vec<Listed>, StoreError> {
    tx.all(sql!("notices/list"), params![state.code(), most], |row| {
        Ok(Listed {
            id: NoticeId::from_uuid(row.id(0)?),
            message: row.id(1)?,
            kind: NoticeKind::from_code(row.text(2)?).ok_or(corrupt("kind"))?,
            state: State::from_code(row.text(3)?).ok_or(corrupt("state"))?,
            attempts: row.int(4)?,
            at: Timestamp::from_millis(row.int(5)?),
            changed_at: Timestamp::from_millis(row.int(6)?),
            why: row.opt_text(7)?.unwrap_or_default().to_owned(),
        })
    })
}

/// What happened to a message, in order.
pub fn steps(tx: &Tx<'_>, id: NoticeId) -> Result<Vec<Step>, StoreError> {
    tx.all(sql!("notices/steps"), params![&id.into_bytes()], |row| {
        Ok(Step {
            at: Timestamp::from_millis(row.int(0)?),
            event: row.text(1)?.to_owned(),
            why: row.text(2)?.to_owned(),
        })
    })
}

/// Forgets messages at rest since before `before`, with all that was noted of them. Returns how many.
pub fn sweep(tx: &Tx<'_>, before: Timestamp) -> Result<u64, StoreError> {
    tx.execute(sql!("notices/sweep_steps"), params![before.millis()])?;
    tx.execute(sql!("notices/sweep_letters"), params![before.millis()])?;
    tx.execute(sql!("notices/sweep"), params![before.millis()])
}
