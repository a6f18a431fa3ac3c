//! Whether the demo's data has been made, and when. The mark is written last; data without it was left half
//! made by an interruption and is made again. It refuses to remove a folder it cannot tell for its own.

use anyhow::{Context as _, bail};
use borgerportal_domain::time::Date;
use std::path::{Path, PathBuf};

fn mark_file(folder: &Path) -> PathBuf {
    folder.join("made-on.txt")
}

/// The day the data was made; nothing if it is still to be made. Half-made data is removed.
pub(super) fn day(folder: &Path, today: Date) -> anyhow::Result<Option<Date>> {
    std::fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    let begun = folder.join("demo-begun.txt");
    if let Ok(text) = std::fs::read_to_string(mark_file(folder)) {
        let day =
            text.trim().parse().ok().with_context(|| format!("{}: no date", mark_file(folder).display()))?;
        return Ok(Some(day));
    }
    let database = folder.join("portal.db");
    if database.exists() && !begun.exists() {
        bail!(
            "{} holds a database that is not the demo's: choose another folder with --data",
            folder.display()
        );
    }
    for name in ["portal.db", "portal.db-wal", "portal.db-shm"] {
        let file = folder.join(name);
        if file.exists() {
            std::fs::remove_file(&file).with_context(|| file.display().to_string())?;
        }
    }
    std::fs::write(&begun, format!("{today}\n")).with_context(|| begun.display().to_string())?;
    Ok(None)
}

/// Says that all of it is there.
pub(super) fn mark(folder: &Path, today: Date) -> anyhow::Result<()> {
    let file = mark_file(folder);
    std::fs::write(&file, format!("{today}\n")).with_context(|| file.display().to_string())
}
