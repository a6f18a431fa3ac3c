//! What operators see, and when things go that have served their purpose.

use crate::error::StoreError;
use crate::tx::Tx;
use crate::{params, sql};
use borgerportal_domain::time::Timestamp;

/// What is on its way, in numbers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Queue {
    /// Those that wait.
    pub waiting: i64,
    /// Since when the oldest of them does, or was last tried.
    pub oldest: Option<Timestamp>,
    /// Those that nobody took.
    pub given_up: i64,
}

/// What is on its way, in numbers.
pub fn queue(tx: &Tx<'_>) -> Result<Queue, StoreError> {
    let waiting = tx.one(sql!("news/waiting"), &[], |row| Ok((row.int(0)?, row.opt_int(1)?)))?;
    let (waiting, oldest) = waiting.unwrap_or_default();
    let given_up = tx.one(sql!("news/given_up"), &[], |row| row.int(0))?.unwrap_or(0);
    Ok(Queue { waiting, oldest: oldest.map(Timestamp::from_millis), given_up })
}

/// Forgets news that nobody has looked at since `news`, notices at rest since `alerts`, and codes asked for before `codes`.
/// Returns how many.
pub fn sweep(tx: &Tx<'_>, news: Timestamp, alerts: Timestamp, codes: Timestamp) -> Result<u64, StoreError> {
    Ok(tx.execute(sql!("news/sweep"), params![news.millis()])?
        + tx.execute(sql!("news/sweep_alerts"), params![alerts.millis()])?
        + tx.execute(sql!("news/sweep_codes"), params![codes.millis()])?)
}
