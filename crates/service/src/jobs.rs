//! What runs by itself: sealing the access log, forgetting what has ended. Each job is one errand at a time,
//! so that people are never kept waiting long.

use crate::app::App;
use crate::calendar;
use crate::ingest;
use crate::mandates::{self, due::Line};
use crate::problem::Problem;
use borgerportal_domain::time::Timestamp;
pub use borgerportal_store::log_seal::Whose;
use borgerportal_store::mandates::{forget, lookup};
use borgerportal_store::tx::Tx;
use borgerportal_store::{errands, log_seal, sessions, system_clients};
use std::time::Duration;

/// How often the log is sealed: this is the window in which a line could be lost to tampering unseen.
const SEAL_EVERY: Duration = Duration::from_secs(5);
/// How often ended things are swept.
const SWEEP_EVERY: Duration = Duration::from_mins(10);
/// How often files that nothing names are looked for.
const LOOK_EVERY: Duration = Duration::from_hours(1);
/// What one errand forgets of them.
const SLICE: i64 = 200;

/// Seals what waits of the log on this node. Returns how many lines.
pub async fn seal(app: &App) -> Result<i64, Problem> {
    let mut sealed = 0;
    loop {
        let count = app.write(|tx| Ok(log_seal::seal(tx)?)).await?;
        sealed += count;
        if count == 0 {
            return Ok(sealed);
        }
    }
}

/// Forgets sessions, log-ins, assertions and answers that have ended, and what of mandates is kept no longer. Returns
/// how many rows.
pub async fn sweep(app: &App) -> Result<u64, Problem> {
    let kept = app.retention;
    let old = app.write(move |tx| {
        let (lookups, over) = (before(tx, kept.lookups), before(tx, kept.mandates));
        let mandates = forget::mandates(tx, over, SLICE)? + forget::requests(tx, over, SLICE)?;
        Ok(mandates + lookup::sweep(tx, lookups)?)
    });
    Ok(old.await? + sweep_ended(app).await?)
}

/// So many days ago.
fn before(tx: &Tx<'_>, days: u16) -> Timestamp {
    tx.now().plus_days(-i64::from(days))
}

async fn sweep_ended(app: &App) -> Result<u64, Problem> {
    let kept = app.retention;
    app.write(move |tx| {
        let day = tx.now().plus_days(-1);
        let untouched = before(tx, kept.drafts);
        let drafts = borgerportal_store::mandates::drafts::sweep(tx, untouched)?
            + borgerportal_store::sweeps::aid_drafts(tx, untouched, SLICE)?
            + borgerportal_store::sweeps::message_drafts(tx, untouched, SLICE)?;
        Ok(drafts
            + errands::forget(tx, before(tx, kept.answers))?
            + sessions::sweep(tx, day)?
            + calendar::sweep(tx)?
            + system_clients::sweep(tx)?)
    })
    .await
}

/// Notes requests that nobody answered in time, and tells people of what ends soon or lies unanswered. Returns how
/// many requests lapsed.
pub async fn due(app: &App) -> Result<u64, Problem> {
    let mut lapsed = 0;
    loop {
        let count = app.write(mandates::due::lapse).await?;
        lapsed += count;
        if count == 0 {
            break;
        }
    }
    for line in Line::ALL {
        remind_givers(app, line).await?;
    }
    remind_by_letter(app).await?;
    Ok(lapsed)
}

/// Looking is reading, however much there is; only who must be told is written.
async fn remind_givers(app: &App, line: Line) -> Result<(), Problem> {
    let mut after = None;
    loop {
        let slice = app.read(move |tx| mandates::due::ending(tx, line, after)).await?;
        for id in slice.found {
            app.write(move |tx| mandates::due::remind_giver(tx, line, id)).await?;
        }
        if slice.next.is_none() {
            return Ok(());
        }
        after = slice.next;
    }
}

async fn remind_by_letter(app: &App) -> Result<(), Problem> {
    let mut after = None;
    loop {
        let slice = app.read(move |tx| mandates::due::unanswered(tx, after)).await?;
        for id in slice.found {
            app.write(move |tx| mandates::due::remind_by_letter(tx, id)).await?;
        }
        if slice.next.is_none() {
            return Ok(());
        }
        after = slice.next;
    }
}

/// Runs the jobs until the task is dropped.
pub async fn run(app: App) {
    let (mut seal_at, mut sweep_at) = (tokio::time::interval(SEAL_EVERY), tokio::time::interval(SWEEP_EVERY));
    let mut due_at = tokio::time::interval(SWEEP_EVERY);
    let mut look_at = tokio::time::interval(LOOK_EVERY);
    loop {
        let (job, outcome) = tokio::select! {
            _ = seal_at.tick() => {
                app.store.forget_old_lists(app.clock.now());
                ("seal", seal(&app).await.map(i64::unsigned_abs))
            }
            _ = sweep_at.tick() => ("sweep", sweep(&app).await),
            _ = due_at.tick() => ("due", due(&app).await),
            _ = look_at.tick() => ("files", ingest::sweep(&app).await),
        };
        match outcome {
            Ok(0) => {}
            Ok(count) => tracing::debug!(job, count, "done"),
            Err(problem) => tracing::error!(job, %problem, "a job failed"),
        }
    }
}

/// Since when the oldest line or event of the log waits for its seal; nothing if none waits. Also a health check.
pub async fn unsealed(app: &App, whose: Whose) -> Result<Option<Timestamp>, Problem> {
    app.read(move |tx| Ok(log_seal::unsealed(tx, whose)?.1.map(Timestamp::from_millis))).await
}
