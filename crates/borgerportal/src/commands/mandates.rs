//! The catalogue of packages, and what registers and authorities let happen to mandates. It refuses numbers on the
//! command line: they come by standard input, and nothing of a person is printed.

mod papers;

use super::open;
use crate::command::{ConfigFile, MandatesCommand, PackagesCommand};
use crate::{installation, say};
use anyhow::{Context as _, bail};
use borgerportal_domain::Cpr;
use borgerportal_domain::ids::{MandateId, PersonId};
use borgerportal_domain::mandates::{AnnulReason, SuspendReason};
use borgerportal_domain::time::{Date, copenhagen_date, copenhagen_end_of};
use borgerportal_service::Problem;
use borgerportal_service::mandates::find::{self, Known};
use borgerportal_service::mandates::import::{self, Diff, File};
use borgerportal_service::mandates::{lookup, register};
use borgerportal_store::people;
use borgerportal_store::tx::Tx;
use std::io::BufRead as _;

/// `packages …`.
pub(super) fn packages(command: &PackagesCommand) -> anyhow::Result<()> {
    let PackagesCommand::Import { config, file, dry_run } = command;
    let text = std::fs::read_to_string(file).with_context(|| file.display().to_string())?;
    let read = File::read(&text).with_context(|| file.display().to_string())?;
    let (app, dry_run) = (open(config)?, *dry_run);
    let done = app.1.block_on(app.0.write(move |tx| import::import(tx, &read, dry_run)))?;
    let diff = done.map_err(|(line, hint)| anyhow::anyhow!("{}: line {line}: {hint}", file.display()))?;
    print(&diff, dry_run);
    Ok(())
}

fn print(diff: &Diff, dry_run: bool) {
    diff.added.iter().for_each(|line| say::line(format!("+ {line}")));
    diff.changed.iter().for_each(|line| say::line(format!("~ {line}")));
    let (added, changed, same) = (diff.added.len(), diff.changed.len(), diff.same);
    say::line(format!("new {added}, changed {changed}, known {same}"));
    if diff.recompiled > 0 {
        say::line(format!("{} rights of signed mandates open something else now", diff.recompiled));
    }
    if dry_run {
        say::line("Nothing was written.");
    }
}

/// `mandates …`.
pub(super) fn run(command: &MandatesCommand) -> anyhow::Result<()> {
    match command {
        MandatesCommand::Suspend { config, mandate, reason, review_by } => {
            let reason =
                SuspendReason::from_code(reason).context("--reason: capacity, misuse or evidence")?;
            let review_by = copenhagen_end_of(date(review_by)?);
            this(config, mandate, move |tx, id| register::suspend(tx, id, reason, review_by))?;
        }
        MandatesCommand::Resume { config, mandate } => this(config, mandate, register::resume)?,
        MandatesCommand::Paused(config) => return super::paused::list(config),
        MandatesCommand::Annul { config, mandate, reason } => {
            let reason = AnnulReason::from_code(reason)
                .context("--reason: capacity, misuse, invalid or guardianship")?;
            this(config, mandate, move |tx, id| register::annul(tx, id, reason))?;
        }
        MandatesCommand::Died { config, on } => {
            let on = date(on)?;
            about(config, move |tx, person| register::died(tx, person, on))?;
        }
        MandatesCommand::Born { config, on } => {
            let on = date(on)?;
            if on > copenhagen_date(installation::now()) {
                bail!("nobody is born after today");
            }
            about(config, move |tx, person| register::under_age(tx, person, on))?;
        }
        MandatesCommand::Doubt { config } => about(config, register::capacity_doubted)?,
        MandatesCommand::Trust { config } => about(config, register::capacity_trusted)?,
        MandatesCommand::NumberChanged { config } => {
            let (old, new, (app, runtime)) = (number()?, number()?, open(config)?);
            runtime.block_on(app.write(move |tx| register::number_changed(tx, &old, &new).map(|_| ())))?;
        }
        MandatesCommand::NewProofKey { config } => {
            let (app, runtime) = open(config)?;
            let key = runtime.block_on(lookup::new_key(&app))?;
            say::line(format!("{} signs from now on", key.kid()));
        }
        MandatesCommand::Paper(letter) => papers::letter(letter)?,
        MandatesCommand::OwnWords(paper) => papers::own_words(paper)?,
    }
    say::line("Done.");
    Ok(())
}

/// Lets something happen to the person whose number comes by standard input.
fn about(
    config: &ConfigFile,
    happens: impl Fn(&Tx<'_>, PersonId) -> Result<(), Problem> + Send + Sync + 'static,
) -> anyhow::Result<()> {
    let (cpr, (app, runtime)) = (number()?, open(config)?);
    let errand = move |tx: &Tx<'_>| happens(tx, people::by_cpr(tx, &cpr)?.ok_or(Problem::NotFound)?);
    Ok(runtime.block_on(app.write(errand))?)
}

/// Lets something happen to the mandate that goes by this number or id.
fn this(
    config: &ConfigFile,
    mandate: &str,
    happens: impl Fn(&Tx<'_>, MandateId) -> Result<(), Problem> + Send + Sync + 'static,
) -> anyhow::Result<()> {
    let known = Known::read(mandate)
        .context("what was written is not a number such as F-1A2B-3C4D and is not the id of a mandate")?;
    let (app, runtime) = open(config)?;
    let found = runtime.block_on(app.read(move |tx| find::find(tx, known)))?;
    let id = match found.as_slice() {
        [id] => *id,
        [] => return Err(Problem::NotFound.into()),
        several => {
            let ids: Vec<String> = several.iter().map(ToString::to_string).collect();
            bail!("more than one has that number; write the id of the right one: {}", ids.join(", "))
        }
    };
    Ok(runtime.block_on(app.write(move |tx| happens(tx, id)))?)
}

fn date(text: &str) -> anyhow::Result<Date> {
    text.parse().context("what was written is not a date; write 2026-01-31")
}

/// A number from standard input.
fn number() -> anyhow::Result<Cpr> {
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line)?;
    Cpr::parse(&line).context("standard input: write a CPR number on a line of its own")
}
