//! Deliveries from files, by the same path as the FHIR door, and who may deliver.

use crate::command::{ConfigFile, Import};
use crate::config::read;
use crate::{installation, log, say};
use anyhow::{Context as _, bail};
use borgerportal_domain::municipality::MunicipalityCode;
use borgerportal_service::ingest::{NotTaken, Sender, take};
use borgerportal_service::{App, Problem, system_clients};
use borgerportal_store::system_clients as store;
use std::path::Path;
use std::process::ExitCode;

/// Registers a system.
pub(super) fn register(
    file: &ConfigFile,
    (id, code): (&str, &str),
    jwks: &Path,
    scopes: Option<String>,
) -> anyhow::Result<()> {
    let config = read(&file.config)?;
    let municipality = MunicipalityCode::parse(code)
        .with_context(|| format!("--municipality {code}: write the four digits of a municipality"))?;
    let app = installation::open(&config)?;
    if app.municipalities.get(municipality).is_none() {
        bail!("--municipality {code}: {} has no file here", municipality.full_name());
    }
    let keys = std::fs::read_to_string(jwks).with_context(|| jwks.display().to_string())?;
    let may = scopes.clone();
    let client = store::Client { id: id.to_owned(), municipality, jwks: keys, scopes };
    let registered = super::runtime()?.block_on(system_clients::register_with(&app, client));
    registered
        .with_context(|| format!("{}: no JWK set, or --scopes has a scope unknown here", jwks.display()))?;
    let place = municipality.full_name();
    say::line(match may {
        Some(scopes) => format!("{id} may use {scopes} for {place}."),
        None => format!("{id} may deliver for {place}, unless --scopes has said something else before."),
    });
    Ok(())
}

/// Takes in files one by one; goes on after one that is refused.
pub(super) fn import(command: &Import) -> anyhow::Result<ExitCode> {
    let config = read(&command.config.config)?;
    log::start(&config.log);
    let app = installation::open(&config)?;
    super::runtime()?.block_on(async {
        let sender = sender(&app, &command.client).await?;
        let mut refused = 0;
        for (number, file) in (1..).zip(&command.files) {
            say::line(format!("{number}/{} {}", command.files.len(), file.display()));
            let bytes = std::fs::read(file).with_context(|| file.display().to_string())?;
            match take(&app, &sender, &bytes, None).await {
                Ok(taken) => {
                    let counts = taken.counts;
                    say::line(format!(
                        "    new {}, changed {}, known {}, deleted {}",
                        counts.new, counts.updated, counts.same, counts.deleted
                    ));
                }
                Err(NotTaken::Problem(problem)) => return Err(problem.into()),
                Err(not_taken) => {
                    refused += 1;
                    tell(&not_taken);
                }
            }
        }
        if refused == 0 {
            return Ok(ExitCode::SUCCESS);
        }
        say::error(format!(
            "{refused} of {} files were refused; nothing of them is stored",
            command.files.len()
        ));
        Ok(ExitCode::FAILURE)
    })
}

async fn sender(app: &App, id: &str) -> anyhow::Result<Sender> {
    let name = id.to_owned();
    let known = app.read(move |tx| Ok::<_, Problem>(store::client(tx, &name)?)).await?;
    let client = known.with_context(|| {
        format!("--client {id}: not registered; see `borgerportal client register --help`")
    })?;
    Ok(Sender { id: client.id, municipality: client.municipality })
}

/// Codes and places, never what stands there.
fn tell(not_taken: &NotTaken) {
    match not_taken {
        NotTaken::Rejected(rejection) => {
            for issue in &rejection.issues {
                say::error(format!("    {}: {} {}", issue.expression, issue.reason.sentence(), issue.hint));
            }
        }
        NotTaken::KeyReused | NotTaken::Problem(_) => say::error(format!("    {not_taken}")),
    }
}
