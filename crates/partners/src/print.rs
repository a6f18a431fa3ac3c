//! Letters on their way to print: a folder that the print service empties. Each letter is a folder of its own,
//! named by its number, with `letter.pdf` and one line of JSON in `manifest.jsonl`; it appears whole or not at all,
//! and a second time with the same number changes nothing. It refuses names that are not numbers of letters.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{Absence, Partner, PartnerError};

/// What the print service must know of a letter. The number is also the key under which a letter is printed once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The letter's number, a UUID.
    pub number: String,
    /// Sheets of one side.
    pub pages: u32,
    /// The code that stands on the return page.
    pub code: String,
    /// Of `letter.pdf`, in hexadecimal.
    pub sha256: String,
    /// The lines of the envelope.
    pub envelope: Vec<String>,
}

/// A spool: cheap to clone.
#[derive(Clone, Debug)]
pub struct PrintSpool {
    folder: PathBuf,
}

/// The file of a letter.
pub const LETTER: &str = "letter.pdf";
/// The line about it.
pub const MANIFEST: &str = "manifest.jsonl";

impl PrintSpool {
    /// In a folder, made if it is missing.
    pub fn in_folder(folder: &Path) -> io::Result<Self> {
        fs::create_dir_all(folder)?;
        Ok(Self { folder: folder.to_owned() })
    }

    /// Where it lies.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Puts a letter there; on disk when this returns.
    pub async fn put(&self, manifest: Manifest, pdf: Vec<u8>) -> Result<(), PartnerError> {
        let folder = self.folder.clone();
        let put = tokio::task::spawn_blocking(move || put(&folder, &manifest, &pdf)).await;
        let away = PartnerError::Away { partner: Partner::Print, how: Absence::Unreachable };
        if matches!(put, Ok(Ok(()))) { Ok(()) } else { Err(away) }
    }
}

/// Written beside, then given its name at once: the print service never sees half a letter.
fn put(folder: &Path, manifest: &Manifest, pdf: &[u8]) -> io::Result<()> {
    let number = Uuid::try_parse(&manifest.number).map_err(io::Error::other)?.hyphenated().to_string();
    let place = folder.join(&number);
    if place.exists() {
        return Ok(());
    }
    // Two workers with the same letter must not write into each other's folder.
    let beside = folder.join(format!(".{number}.{}", beside()));
    fs::create_dir_all(&beside)?;
    let written = write(&beside, manifest, pdf).and_then(|()| fs::rename(&beside, &place));
    match written {
        Ok(()) => fs::File::open(folder)?.sync_all(),
        Err(error) => {
            // Left overs are hidden, and harmless if they cannot be removed now.
            let _ = fs::remove_dir_all(&beside);
            if place.exists() { Ok(()) } else { Err(error) }
        }
    }
}

/// Tells threads and processes apart.
fn beside() -> String {
    format!("{}.{:?}", std::process::id(), std::thread::current().id())
        .chars()
        .filter(|sign| sign.is_ascii_alphanumeric() || *sign == '.')
        .collect()
}

fn write(folder: &Path, manifest: &Manifest, pdf: &[u8]) -> io::Result<()> {
    let mut line = serde_json::to_vec(manifest)?;
    line.push(b'\n');
    for (name, content) in [(LETTER, pdf), (MANIFEST, line.as_slice())] {
        let mut file = fs::File::create(folder.join(name))?;
        file.write_all(content)?;
        file.sync_all()?;
    }
    fs::File::open(folder)?.sync_all()
}

#[cfg(test)]
mod tests;
