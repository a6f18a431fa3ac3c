//! Which pauses of mandates somebody must look at again: `mandates paused`. It shows ids, numbers and days, and refuses
//! to show whose they are or why they were paused.

use crate::command::ConfigFile;
use crate::say;
use borgerportal_service::mandates::due;

/// More than any municipality looks through at a time.
const MOST: i64 = 1_000;

/// Lists them, the earliest day first, and says how many days are past.
pub(super) fn list(file: &ConfigFile) -> anyhow::Result<()> {
    let (app, runtime) = super::open(file)?;
    let read = app.read(|tx| Ok((due::paused(tx, MOST)?, due::reviews_missed(tx)?)));
    let (pauses, missed) = runtime.block_on(read)?;
    for one in &pauses {
        let late = if one.overdue { "  past" } else { "" };
        say::line(format!("{}  {}  look again by {}{late}", one.mandate, one.number, one.review_on));
    }
    say::line(format!("{} shown, {missed} past their day.", pauses.len()));
    Ok(())
}
