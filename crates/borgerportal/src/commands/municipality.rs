//! A municipality that leaves, at the command line: all of it to a folder, and then nothing of it here. It says counts and
//! places, and refuses to say anything of a person.

mod folder;

use crate::command::{ConfigFile, MunicipalityCommand};
use crate::config::{Config, read};
use crate::{installation, log, municipal, say};
use anyhow::{Context as _, bail};
use borgerportal_domain::municipality::MunicipalityCode;
use borgerportal_service::{Clock, leaving};
use folder::Folder;
use std::path::Path;

/// Does what `municipality …` says.
pub(super) fn run(command: &MunicipalityCommand) -> anyhow::Result<()> {
    match command {
        MunicipalityCommand::Export { config, code, to } => export(config, parsed(code)?, to),
        MunicipalityCommand::Erase { config, code, confirm } => {
            let municipality = parsed(code)?;
            if confirm != code {
                bail!("--confirm {confirm}: write the code of the municipality once more, {code}");
            }
            erase(&read(&config.config)?, municipality)
        }
    }
}

fn parsed(code: &str) -> anyhow::Result<MunicipalityCode> {
    MunicipalityCode::parse(code).with_context(|| format!("{code}: write the four digits of a municipality"))
}

fn export(file: &ConfigFile, municipality: MunicipalityCode, to: &Path) -> anyhow::Result<()> {
    let config = read(&file.config)?;
    log::start(&config.log);
    let app = installation::open(&config)?;
    let mut folder = Folder::begin(to, municipality)?;
    let exported = super::runtime()?.block_on(leaving::export(&app, municipality, &mut folder))?;
    let counts = folder.finish(to, exported)?;
    say::line(format!("journals  {}", exported.journals));
    say::line(format!("lines     {}", counts.lines));
    say::line(format!("files     {}", counts.files));
    if exported.keyless > 0 {
        say::error(format!(
            "{} journals have no key any more: nothing of them can be opened",
            exported.keyless
        ));
    }
    if exported.missing > 0 {
        bail!(
            "{} files do not lie where they should: bring them back from a backup and export again",
            exported.missing
        );
    }
    say::line(format!("Done: {}. It is not sealed: keep it where only who may read it can.", to.display()));
    Ok(())
}

fn erase(config: &Config, municipality: MunicipalityCode) -> anyhow::Result<()> {
    let name = municipality.full_name();
    if municipal::has(&config.municipalities.folder, municipality)? {
        bail!(
            "{name} is still served: take its file out of {}, restart every node, and then erase",
            config.municipalities.folder.display()
        );
    }
    if config.record_system.iter().any(|system| system.municipality == municipality) {
        bail!("{name} still has a [[record_system]]: take it out, restart every node, and then erase");
    }
    let store = installation::open_store(config)?;
    again(&store, municipality)?;
    say::line(format!("Done: nothing of {name} is here but its lines of the access log."));
    say::line(
        "Contents of files go when a node has looked twice, in two days. Take a new list of deletions now.",
    );
    Ok(())
}

/// Erases, also once more after a restore.
pub(crate) fn again(
    store: &borgerportal_store::Store,
    municipality: MunicipalityCode,
) -> anyhow::Result<u64> {
    let said = |table: &str, rows: u64| say::line(format!("{table:<20} {rows}"));
    Ok(super::runtime()?.block_on(leaving::erase(store, &Clock::system(), municipality, said))?)
}
