//! Rounds of an outbox, whatever lies in it: take what is due, send each outside any transaction, and write what came of
//! it, one at a time. It refuses to know what is sent. A round that is cut off anywhere leaves each either done or due
//! again when its lease ends.

use crate::app::App;
use crate::problem::Problem;
use borgerportal_store::StoreError;
use borgerportal_store::tx::Tx;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinSet;

/// Taken at once by one node.
const MOST: i64 = 16;
/// So long nobody else takes them: far longer than a partner may take to answer.
const LEASE_MS: i64 = 5 * 60_000;
/// Tries to write what came of one.
const BUSY_TRIES: u64 = 6;

/// How many are due.
pub(crate) trait Due: Fn(&Tx<'_>) -> Result<i64, StoreError> + Copy + Send + Sync + 'static {}
impl<F: Fn(&Tx<'_>) -> Result<i64, StoreError> + Copy + Send + Sync + 'static> Due for F {}

/// Takes up to so many, which nobody else gets for so many milliseconds.
pub(crate) trait Claim<Id>:
    Fn(&Tx<'_>, i64, i64) -> Result<Vec<Id>, StoreError> + Copy + Send + Sync + 'static
{
}
impl<Id, F: Fn(&Tx<'_>, i64, i64) -> Result<Vec<Id>, StoreError> + Copy + Send + Sync + 'static> Claim<Id>
    for F
{
}

/// Sends what is due, until nothing is. Returns how many something happened to.
pub(crate) async fn until_none_is_due<Id, Sent>(
    app: &App,
    (due, claim): (impl Due, impl Claim<Id>),
    send: impl Fn(Id) -> Sent,
) -> Result<u64, Problem>
where
    Id: Serialize + DeserializeOwned + Send + 'static,
    Sent: Future<Output = Result<(), Problem>> + Send + 'static,
{
    let mut done = 0;
    // Looking costs little; taking is a write, and most of the time there is nothing to take.
    while app.read(move |tx| Ok(due(tx)?)).await? > 0 {
        let taken = match app.write(move |tx| Ok(claim(tx, MOST, LEASE_MS)?)).await {
            Ok(taken) => taken,
            // Other nodes take at the same moment: they do the work.
            Err(problem) if problem.is_busy() => break,
            Err(problem) => return Err(problem),
        };
        if taken.is_empty() {
            break;
        }
        let mut tries: JoinSet<_> = taken.into_iter().map(&send).collect();
        while let Some(ended) = tries.join_next().await {
            match ended {
                Ok(Ok(())) => done += 1,
                // It stays taken and is due again when the lease ends.
                Ok(Err(problem)) => tracing::error!(%problem, "what is due could not be sent or marked"),
                Err(error) => tracing::error!(%error, "sending what is due panicked"),
            }
        }
    }
    Ok(done)
}

/// Writes what came of a try. With many nodes at work a write may have to stand back; what is not written here is
/// sent again when the lease ends, so it is worth a few tries.
pub(crate) async fn mark<T: Serialize + DeserializeOwned + Send + 'static>(
    app: &App,
    write: impl Fn(&Tx<'_>) -> Result<T, Problem> + Send + Sync + 'static,
) -> Result<T, Problem> {
    let write = Arc::new(write);
    let mut waits: u64 = 0;
    loop {
        let again = Arc::clone(&write);
        match app.write(move |tx| again(tx)).await {
            Err(problem) if problem.is_busy() && waits < BUSY_TRIES => {
                waits += 1;
                tokio::time::sleep(Duration::from_millis(50 * waits)).await;
            }
            written => return written,
        }
    }
}
