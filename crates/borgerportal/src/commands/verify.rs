//! `log verify`: every batch of the access log, read again and checked against chain and signature; then every mandate
//! and request, checked against its chain of events, which the log anchors.

use crate::command::ConfigFile;
use crate::config::read;
use crate::{installation, say};
use borgerportal_service::Problem;
use borgerportal_service::mandates::packages;
use borgerportal_store::Store;
use borgerportal_store::log_seal::{self, Cursor, Damage};
use borgerportal_store::mandates::audit::{self, Audit, Fault};
use borgerportal_store::mandates::chain::Broken;
use std::process::ExitCode;

/// A node that runs seals every few seconds.
const UNSEALED_S_MAX: i64 = 60;

/// Checks everything and says what is wrong.
pub(super) fn log(file: &ConfigFile) -> anyhow::Result<ExitCode> {
    let config = read(&file.config)?;
    let store = installation::open_store(&config)?;
    let runtime = super::runtime()?;
    let (cursor, audit) = (runtime.block_on(check(&store))?, runtime.block_on(mandates(&store))?);
    cursor.damage.iter().for_each(|damage| say::error(of_log(damage)));
    for (id, fault) in &audit.faults {
        say::error(format!("WRONG  mandate or request {id}: {}", of_mandate(*fault)));
    }
    let Cursor { lines, events, batches, .. } = &cursor;
    say::line(format!("{lines} lines and {events} events in {batches} batches checked"));
    say::line(format!("{} mandates and requests and {} rights checked", audit.checked, audit.rights));
    let waiting = runtime.block_on(waiting(&store))?;
    if let Some((count, seconds)) = waiting {
        say::error(format!(
            "WRONG  {count} lines and events wait for their seal, the oldest for {seconds} s: start the node that wrote them"
        ));
    }
    let well = cursor.damage.is_empty() && audit.faults.is_empty() && waiting.is_none();
    Ok(if well { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn of_log(damage: &Damage) -> String {
    match damage {
        Damage::Lines(node, number) => {
            format!("WRONG  lines or events of batch {number} of {node} were changed")
        }
        Damage::Chain(node, number) => format!("WRONG  batch {number} of {node} does not follow its chain"),
        Damage::Signature(node, number) => format!("WRONG  batch {number} of {node} is not signed by us"),
        Damage::Gone(node, number) => {
            format!("WRONG  batch {number} of {node} is not there as another node has seen it")
        }
    }
}

fn of_mandate(fault: Fault) -> String {
    match fault {
        Fault::Chain(Broken::Numbers) => "an event is missing, or one too many".to_owned(),
        Fault::Chain(Broken::Link(number)) => format!("event {number} does not follow the one before it"),
        Fault::Chain(Broken::Commitment(number)) => format!("event {number} says something else now"),
        Fault::Signed => "it is not what was signed".to_owned(),
        Fault::Holder => "its holder was changed".to_owned(),
        Fault::Evidence => "the text that was signed is gone, or another".to_owned(),
        Fault::Items => "its rights do not hold for the days that were signed".to_owned(),
        Fault::State => "its events lead to another state".to_owned(),
        Fault::Gone => "it is gone, and its events are there".to_owned(),
        Fault::Stray => "a right stands between two people without a mandate between them".to_owned(),
        Fault::Opens => "a right opens something else than the catalogue and the map say".to_owned(),
        Fault::Unreadable => "something of it does not read".to_owned(),
    }
}

/// Reads batch by batch, so that a long log never holds a snapshot open.
pub(crate) async fn check(store: &Store) -> Result<Cursor, Problem> {
    let mut cursor = Cursor::default();
    loop {
        let (key, from) = (store.keys().log_public_key().to_vec(), cursor.clone());
        let next = store
            .read(installation::now(), move |tx| Ok::<_, Problem>(log_seal::check_next(tx, &key, &from)?));
        match next.await? {
            Some(next) => cursor = next,
            None => return Ok(cursor),
        }
    }
}

/// The same for mandates and requests, and then for rights.
async fn mandates(store: &Store) -> Result<Audit, Problem> {
    let mut audit = Audit::default();
    loop {
        let from = audit.clone();
        let next = store.read_heavy(installation::now(), move |tx| {
            Ok::<_, Problem>(match audit::check_next(tx, &from)? {
                Some(next) => Some(next),
                None => audit::check_rights(tx, &from, &packages::opened(tx)?)?,
            })
        });
        match next.await? {
            Some(next) => audit = next,
            None => return Ok(audit),
        }
    }
}

/// What waits for its seal longer than a node that runs lets anything wait, and for how many seconds.
async fn waiting(store: &Store) -> Result<Option<(i64, i64)>, Problem> {
    let now = installation::now();
    let (count, since) =
        store.read(now, |tx| Ok::<_, Problem>(log_seal::unsealed(tx, log_seal::Whose::OfAll)?)).await?;
    let seconds = since.map_or(0, |since| (now.millis() - since) / 1000);
    Ok((seconds > UNSEALED_S_MAX).then_some((count, seconds)))
}
