//! Copies that can be brought back: the database first, by the engine's own means, then the sealed files; a
//! newer set of files always fits an older database. It refuses to copy keys: whoever has backup and keys has
//! everything, so they are kept apart.

pub mod restore;

use crate::config::{Config, secrets};
use crate::{installation, say};
use anyhow::{Context as _, bail};
use borgerportal_service::Problem;
use borgerportal_store::deletions::{self, Deleted};
use borgerportal_store::{Location, Store};
use serde::{Deserialize, Serialize};
use std::path::Path;

pub(crate) const DATABASE: &str = "portal.db";
pub(crate) const FILES: &str = "files";
pub(crate) const MANIFEST: &str = "backup.json";
pub(crate) const DELETIONS: &str = "deletions.json";

/// What a backup says of itself.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Manifest {
    /// The program that wrote it.
    pub(crate) version: String,
    /// When, RFC 3339.
    pub(crate) at: String,
    /// Whether the database is in it; otherwise it is in the engine's own backup.
    pub(crate) database: bool,
    /// The public half of the log's signing key: tells whether a key file belongs to it.
    pub(crate) log_key: String,
}

/// Writes a backup while the portal runs.
pub fn run(config: &Config, to: &Path) -> anyhow::Result<()> {
    let store = installation::open_store(config)?;
    std::fs::create_dir_all(to).with_context(|| to.display().to_string())?;
    let embedded = matches!(secrets::location(&config.store)?, Location::Sqlite(_));
    let manifest = Manifest {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        at: installation::now().to_string(),
        database: embedded,
        log_key: hex(store.keys().log_public_key()),
    };
    // The old manifest goes first: a backup that was broken off has none, and is not restored.
    remove(&to.join(MANIFEST))?;
    if embedded {
        let file = to.join(DATABASE);
        let part = to.join("portal.db.part");
        remove(&part)?;
        store.backup(&part).context("the database")?;
        sync(&part)?;
        std::fs::rename(&part, &file).with_context(|| file.display().to_string())?;
        say::line(format!("database  {}", file.display()));
    } else {
        say::line("database  with pg_dump or pg_basebackup, before this: see the handbook, restore.md");
    }
    keep_deletions(&store, &to.join(DELETIONS))?;
    let copied = copy_files(&config.files.folder, &to.join(FILES))?;
    say::line(format!("files     {copied} new"));
    write_whole(&to.join(MANIFEST), &serde_json::to_vec_pretty(&manifest)?)?;
    say::line("keys      not copied: keep the key file elsewhere");
    Ok(())
}

/// Writes the list of deletions to a file of its own.
pub fn write_deletions(config: &Config, to: &Path) -> anyhow::Result<()> {
    let count = keep_deletions(&installation::open_store(config)?, to)?;
    say::line(format!("{count} deletions in {}", to.display()));
    Ok(())
}

fn keep_deletions(store: &Store, to: &Path) -> anyhow::Result<usize> {
    let all = list(store)?;
    write_whole(to, &serde_json::to_vec_pretty(&all)?)?;
    Ok(all.len())
}

/// The list of deletions of a database.
pub(crate) fn list(store: &Store) -> anyhow::Result<Vec<Deleted>> {
    let read = store.read(installation::now(), |tx| Ok::<_, Problem>(deletions::all(tx)?));
    Ok(crate::commands::runtime()?.block_on(read)?)
}

/// Copies what is not there yet; returns how many. Files are named by their content and never change.
pub(crate) fn copy_files(from: &Path, to: &Path) -> anyhow::Result<u64> {
    if !from.exists() {
        return Ok(0);
    }
    std::fs::create_dir_all(to).with_context(|| to.display().to_string())?;
    let mut copied = 0;
    for entry in std::fs::read_dir(from).with_context(|| from.display().to_string())? {
        let entry = entry?;
        let (source, target) = (entry.path(), to.join(entry.file_name()));
        let kind = entry.file_type()?;
        if kind.is_dir() {
            copied += copy_files(&source, &target)?;
        } else if kind.is_file() && !same_size(&source, &target) {
            let part = target.with_extension("part");
            std::fs::copy(&source, &part).with_context(|| source.display().to_string())?;
            sync(&part)?;
            std::fs::rename(&part, &target).with_context(|| target.display().to_string())?;
            copied += 1;
        }
    }
    sync(to)?;
    Ok(copied)
}

fn same_size(one: &Path, other: &Path) -> bool {
    let size = |path: &Path| std::fs::metadata(path).map(|meta| meta.len()).ok();
    size(other).is_some() && size(one) == size(other)
}

/// The file is whole on disk, or not there.
fn write_whole(file: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let part = file.with_extension("part");
    std::fs::write(&part, bytes).with_context(|| part.display().to_string())?;
    sync(&part)?;
    std::fs::rename(&part, file).with_context(|| file.display().to_string())
}

pub(crate) fn sync(path: &Path) -> anyhow::Result<()> {
    std::fs::File::open(path).and_then(|file| file.sync_all()).with_context(|| path.display().to_string())
}

pub(crate) fn remove(file: &Path) -> anyhow::Result<()> {
    match std::fs::remove_file(file) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            bail!("{}: {}", file.display(), error.kind())
        }
        _ => Ok(()),
    }
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    let digit = |value: u8| char::from_digit(u32::from(value), 16).unwrap_or('0');
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}
