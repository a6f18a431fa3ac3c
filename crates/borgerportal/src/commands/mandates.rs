//! The catalogue of packages, and what registers and authorities let happen to mandates. It refuses numbers on the
//! command line: they come by standard input, and nothing of a person is printed.

use crate::command::{ConfigFile, MandatesCommand, PackagesCommand};
use crate::config::read;
use crate::{installation, log, say};
use anyhow::{Context as _, bail};
use borgerportal_domain::Cpr;
use borgerportal_domain::ids::{MandateId, PersonId};
use borgerportal_domain::mandates::{AnnulReason, RequestRefusal, SuspendReason};
use borgerportal_domain::time::{Date, copenhagen_date, copenhagen_end_of};
use borgerportal_service::mandates::import::{self, Diff, File};
use borgerportal_service::mandates::paper::{self, Paper};
use borgerportal_service::mandates::requests::Yes;
use borgerportal_service::mandates::{lookup, register};
use borgerportal_service::{App, Problem};
use borgerportal_store::keys::sha256;
use borgerportal_store::mandates::requests;
use borgerportal_store::people;
use borgerportal_store::tx::Tx;
use std::io::BufRead as _;
use std::path::Path;

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
            let id = mandate_id(mandate)?;
            let reason =
                SuspendReason::from_code(reason).context("--reason: capacity, misuse or evidence")?;
            let review_by = copenhagen_end_of(date(review_by)?);
            let (app, runtime) = open(config)?;
            runtime.block_on(app.write(move |tx| register::suspend(tx, id, reason, review_by)))?;
        }
        MandatesCommand::Resume { config, mandate } => {
            let (id, (app, runtime)) = (mandate_id(mandate)?, open(config)?);
            runtime.block_on(app.write(move |tx| register::resume(tx, id)))?;
        }
        MandatesCommand::Annul { config, mandate, reason } => {
            let id = mandate_id(mandate)?;
            let reason = AnnulReason::from_code(reason)
                .context("--reason: capacity, misuse, invalid or guardianship")?;
            let (app, runtime) = open(config)?;
            runtime.block_on(app.write(move |tx| register::annul(tx, id, reason)))?;
        }
        MandatesCommand::Died { config, on } => {
            let (on, cpr, (app, runtime)) = (date(on)?, number()?, open(config)?);
            runtime.block_on(app.write(move |tx| {
                let person = people::by_cpr(tx, &cpr)?.ok_or(Problem::NotFound)?;
                register::died(tx, person, on)
            }))?;
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
        MandatesCommand::Paper { config, code, scan, pages, registrar, deficient } => {
            let scan = std::fs::read(scan).with_context(|| scan.display().to_string())?;
            let (app, runtime) = open(config)?;
            let paper = Paper {
                scan: sha256(&scan),
                pages: *pages,
                received_on: copenhagen_date(app.clock.now()),
                registrar: registrar.clone(),
            };
            let signer = if *deficient { None } else { Some(number()?) };
            runtime.block_on(letter(&app, code.clone(), paper, signer))?;
        }
    }
    say::line("Done.");
    Ok(())
}

/// Lets something happen to the person whose number comes by standard input.
fn about(config: &ConfigFile, happens: fn(&Tx<'_>, PersonId) -> Result<(), Problem>) -> anyhow::Result<()> {
    let (cpr, (app, runtime)) = (number()?, open(config)?);
    let errand = move |tx: &Tx<'_>| happens(tx, people::by_cpr(tx, &cpr)?.ok_or(Problem::NotFound)?);
    Ok(runtime.block_on(app.write(errand))?)
}

/// A letter that came back: registered as everything that was asked for, or sent once more. As a whole: a letter with a
/// page missing is not even received, so that it can be called deficient next.
async fn letter(app: &App, code: String, paper: Paper, signer: Option<Cpr>) -> anyhow::Result<()> {
    let registered = app.write(move |tx| {
        let (request, _) = paper::received(tx, &code, &paper)?;
        let Some(signer) = &signer else { return paper::deficient(tx, request).map(|()| None) };
        let wanted = requests::load(tx, request)?.ok_or(Problem::NotFound)?.request.wanted;
        let yes = Yes { versions: wanted.items, last_day: wanted.last_day };
        paper::register(tx, &code, (signer, &yes), &paper).map(|signed| Some(signed.mandate))
    });
    match registered.await {
        Ok(mandate) => mandate.into_iter().for_each(|id| say::line(format!("mandate {id}"))),
        Err(Problem::Denied(code)) if code == RequestRefusal::PagesMissing.code() => {
            bail!("pages are missing; say --deficient to send it once more")
        }
        Err(problem) => return Err(problem.into()),
    }
    Ok(())
}

fn open(config: &ConfigFile) -> anyhow::Result<(App, tokio::runtime::Runtime)> {
    let config = read(Path::new(&config.config))?;
    log::start(&config.log);
    Ok((installation::open(&config)?, super::runtime()?))
}

fn mandate_id(text: &str) -> anyhow::Result<MandateId> {
    MandateId::parse(text).context("what was written is not the id of a mandate")
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
