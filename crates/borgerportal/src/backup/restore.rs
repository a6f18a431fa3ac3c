//! Bringing a backup back. What lies there now is moved aside, never removed; and what was deleted by law since
//! the backup is deleted again before anybody can read it. It refuses a backup that was broken off, and keys
//! that do not belong to it.

use super::{DATABASE, DELETIONS, FILES, MANIFEST, Manifest, copy_files, hex, list};
use crate::config::{Config, secrets};
use crate::{commands, installation, key_file, municipal, say};
use anyhow::{Context as _, bail};
use borgerportal_domain::municipality::MunicipalityCode;
use borgerportal_service::Problem;
use borgerportal_store::deletions::{self, Deleted};
use borgerportal_store::{Location, Store, migrate};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Items deleted again in one transaction.
const BATCH: usize = 200;

/// Restores, and applies the newest list of deletions that can be found.
pub fn run(config: &Config, from: &Path, newer: Option<&Path>) -> anyhow::Result<()> {
    let manifest = manifest(from)?;
    let keys = key_file::read(&config.keys.file)?;
    if hex(keys.log_public_key()) != manifest.log_key {
        bail!("{} does not belong to this backup", config.keys.file.display());
    }
    let location = secrets::location(&config.store)?;
    let mut gone = read_list(&from.join(DELETIONS))?;
    if let Some(file) = newer {
        gone.extend(read_list(file)?);
    }
    match (&location, manifest.database) {
        (Location::Sqlite(path), true) => {
            gone.extend(of_what_is_there(config, path));
            bring_back(path, &from.join(DATABASE))?;
            migrate(&location, installation::now()).context("the database")?;
        }
        (Location::Postgres(_), false) => {
            say::line("database  as you have restored it with pg_restore");
        }
        _ => bail!("this backup was made with another engine than the configuration names"),
    }
    let copied = copy_files(&from.join(FILES), &config.files.folder)?;
    say::line(format!("files     {copied} brought back"));
    let store = installation::open_store(config)?;
    let left = left_since(config, &store, &gone)?;
    let again = apply(&store, gone)?;
    say::line(format!("deletions {again} done again"));
    for municipality in left {
        say::line(format!("erased    {municipality}, which had left"));
        commands::erase_again(&store, municipality)?;
    }
    verify(&store)?;
    say::line("Done. Start one node, log in and look; then the others.");
    Ok(())
}

fn manifest(from: &Path) -> anyhow::Result<Manifest> {
    let file = from.join(MANIFEST);
    let bytes = std::fs::read(&file).with_context(|| format!("{}: no whole backup", file.display()))?;
    serde_json::from_slice(&bytes).with_context(|| file.display().to_string())
}

fn read_list(file: &Path) -> anyhow::Result<Vec<Deleted>> {
    let bytes = std::fs::read(file).with_context(|| file.display().to_string())?;
    serde_json::from_slice(&bytes).with_context(|| file.display().to_string())
}

/// What the database that is being replaced knows to be deleted, if it can still be read.
fn of_what_is_there(config: &Config, path: &Path) -> Vec<Deleted> {
    if !path.exists() {
        return Vec::new();
    }
    let found = installation::open_store(config).and_then(|store| list(&store));
    found.unwrap_or_else(|error| {
        say::error(format!(
            "the database in place cannot be read ({error:#}): bring the newest list with --deletions"
        ));
        Vec::new()
    })
}

/// Moves what is there aside and puts the backup in its place.
fn bring_back(path: &Path, backup: &Path) -> anyhow::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    let stamp = installation::now().millis();
    for end in ["", "-wal", "-shm"] {
        let old = with_end(path, end);
        if old.exists() {
            let aside = with_end(path, &format!(".before-restore-{stamp}{end}"));
            std::fs::rename(&old, &aside).with_context(|| old.display().to_string())?;
            if end.is_empty() {
                say::line(format!("moved     {} to {}", old.display(), aside.display()));
            }
        }
    }
    std::fs::copy(backup, path).with_context(|| backup.display().to_string())?;
    super::sync(path)?;
    super::sync(folder)?;
    say::line(format!("database  {}", path.display()));
    Ok(())
}

fn with_end(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    PathBuf::from(name)
}

/// Municipalities that left after this database was copied. One that has come back is not among them, unless the copy is of
/// before it left.
fn left_since(
    config: &Config,
    store: &Store,
    gone: &[Deleted],
) -> anyhow::Result<BTreeSet<MunicipalityCode>> {
    let known = list(store)?;
    let mut left = BTreeSet::new();
    for (municipality, at) in gone.iter().filter_map(|one| Some((one.municipality()?, one.at()))) {
        let listed = known.iter().any(|one| one.municipality() == Some(municipality) && one.at() >= at);
        if !listed || !municipal::has(&config.municipalities.folder, municipality)? {
            left.insert(municipality);
        }
    }
    Ok(left)
}

/// Deletes again; returns how many were there.
fn apply(store: &Store, mut gone: Vec<Deleted>) -> anyhow::Result<u64> {
    gone.sort_by_key(Deleted::at);
    let now = installation::now();
    let mut again = 0;
    let runtime = commands::runtime()?;
    for batch in gone.chunks(BATCH) {
        let (batch, id) = (batch.to_vec(), store.errand_id(now)?);
        let done: u64 = runtime.block_on(store.write(now, id, move |tx| {
            let mut done = 0;
            for one in &batch {
                done += u64::from(deletions::apply(tx, one)?);
            }
            Ok::<_, Problem>(done)
        }))?;
        again += done;
    }
    Ok(again)
}

fn verify(store: &Store) -> anyhow::Result<()> {
    let checked = commands::runtime()?.block_on(commands::checked_log(store))?;
    if checked.damage.is_empty() {
        say::line(format!("log       {} lines hold", checked.lines));
        Ok(())
    } else {
        bail!("the access log does not hold: {} batches are damaged; see `log verify`", checked.damage.len())
    }
}
