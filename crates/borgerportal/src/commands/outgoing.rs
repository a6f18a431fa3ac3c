//! What is on its way to record systems, at the command line: what needs a hand, and once more. It shows kinds,
//! codes and times, and refuses to show whom they are about.

use crate::command::OutgoingCommand;
use crate::say;
use anyhow::{Context as _, bail};
use borgerportal_domain::OutgoingId;
use borgerportal_service::outgoing;

/// Does what `outgoing …` says.
pub(super) fn run(command: &OutgoingCommand) -> anyhow::Result<()> {
    match command {
        OutgoingCommand::List { config, dead } => {
            let (app, runtime) = super::open(config)?;
            for one in &runtime.block_on(outgoing::list(&app, *dead))? {
                let (kind, state) = (one.kind.code(), one.state.code());
                say::line(format!(
                    "{}  {}  {kind:<20} {state:<9} try {:<3} put {}  {}",
                    one.id, one.municipality, one.attempts, one.at, one.why
                ));
            }
            let queue = runtime.block_on(outgoing::queue(&app))?;
            say::line(format!("{} wait, {} need a hand.", queue.waiting, queue.dead));
        }
        OutgoingCommand::Retry { config, id } => {
            let id = OutgoingId::parse(id).context("write the id that `list` shows")?;
            let (app, runtime) = super::open(config)?;
            if !runtime.block_on(outgoing::retry(&app, id))? {
                bail!("{id} is nothing that was given up");
            }
            say::line(format!("{id} is sent again."));
        }
    }
    Ok(())
}
