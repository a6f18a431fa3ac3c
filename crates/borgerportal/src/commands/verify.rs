//! `log verify`: every batch of the access log, read again and checked against chain and signature.

use crate::command::ConfigFile;
use crate::config::read;
use crate::{installation, say};
use borgerportal_service::Problem;
use borgerportal_store::Store;
use borgerportal_store::log_seal::{Cursor, Damage, check_next};
use std::process::ExitCode;

/// Checks all batches and says what is wrong.
pub(super) fn log(file: &ConfigFile) -> anyhow::Result<ExitCode> {
    let config = read(&file.config)?;
    let store = installation::open_store(&config)?;
    let cursor = super::runtime()?.block_on(check(&store))?;
    for damage in &cursor.damage {
        say::error(match damage {
            Damage::Lines(node, number) => format!("WRONG  lines of batch {number} of {node} were changed"),
            Damage::Chain(node, number) => {
                format!("WRONG  batch {number} of {node} does not follow its chain")
            }
            Damage::Signature(node, number) => format!("WRONG  batch {number} of {node} is not signed by us"),
            Damage::Gone(node, number) => {
                format!("WRONG  batch {number} of {node} is not there as another node has seen it")
            }
        });
    }
    say::line(format!("{} lines in {} batches checked", cursor.lines, cursor.batches));
    Ok(if cursor.damage.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Reads batch by batch, so that a long log never holds a snapshot open.
pub(crate) async fn check(store: &Store) -> Result<Cursor, Problem> {
    let mut cursor = Cursor::default();
    loop {
        let (key, from) = (store.keys().log_public_key().to_vec(), cursor.clone());
        let next =
            store.read(installation::now(), move |tx| Ok::<_, Problem>(check_next(tx, &key, &from)?)).await?;
        match next {
            Some(next) => cursor = next,
            None => return Ok(cursor),
        }
    }
}
