//! The outbox at the command line: which messages need a hand, once more, and letters that came back. It shows
//! kinds, codes and times, and refuses to show whom they are to.

use crate::command::NoticesCommand;
use crate::say;
use anyhow::{Context as _, bail};
use borgerportal_domain::NoticeId;
use borgerportal_service::notices;

/// Does what `notices …` says.
pub(super) fn run(command: &NoticesCommand) -> anyhow::Result<()> {
    match command {
        NoticesCommand::List { config, dead } => {
            let (app, runtime) = super::open(config)?;
            let listed = runtime.block_on(notices::list(&app, *dead))?;
            for one in &listed {
                let (kind, state) = (one.kind.code(), one.state.code());
                say::line(format!(
                    "{}  {kind:<26} {state:<16} try {:<3} put {}  {}",
                    one.id, one.attempts, one.at, one.why
                ));
            }
            let queue = runtime.block_on(notices::queue(&app))?;
            say::line(format!(
                "{} wait, {} need a hand, {} have no receipt yet.",
                queue.waiting, queue.dead, queue.without_receipt
            ));
        }
        NoticesCommand::Retry { config, id } => {
            let id = NoticeId::parse(id).context("write the id that `list` shows")?;
            let (app, runtime) = super::open(config)?;
            if !runtime.block_on(notices::retry(&app, id))? {
                bail!("{id} is not a notice that was given up");
            }
            say::line(format!("{id} is sent again."));
        }
        NoticesCommand::Returned { config, code } => {
            let (app, runtime) = super::open(config)?;
            if !runtime.block_on(notices::came_back(&app, code))? {
                bail!("no printed letter has that code");
            }
            say::line("Noted that the letter came back.");
        }
    }
    Ok(())
}
