//! The print service, as far as it is seen: the letters that lie in its folder. It reads only what the folder says
//! of each, as the real one would, and refuses what is not whole.

use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;

/// A letter that was printed.
#[derive(Clone, Debug)]
pub struct Letter {
    pub number: String,
    pub pages: u32,
    pub code: String,
    pub envelope: Vec<String>,
    /// Where its files lie.
    pub folder: PathBuf,
}

#[derive(Deserialize)]
struct Manifest {
    number: String,
    pages: u32,
    code: String,
    envelope: Vec<String>,
}

impl Letter {
    /// Whether the envelope is addressed to somebody of this name.
    #[must_use]
    pub fn is_to(&self, name: &str) -> bool {
        self.envelope.first().is_some_and(|line| line == name)
    }
}

/// All letters in the folder, newest first.
#[must_use]
pub fn letters(folder: Option<&Path>) -> Vec<Letter> {
    let entries = folder.and_then(|folder| fs::read_dir(folder).ok()).into_iter().flatten().flatten();
    let mut found: Vec<_> = entries
        .filter_map(|entry| {
            let at = entry.metadata().ok()?.modified().ok()?;
            read(&entry.path()).map(|letter| (at, letter))
        })
        .collect();
    found.sort_by(|(a, one), (b, other)| (b, &one.number).cmp(&(a, &other.number)));
    found.into_iter().map(|(_, letter)| letter).collect()
}

fn read(folder: &Path) -> Option<Letter> {
    let line = fs::read_to_string(folder.join("manifest.jsonl")).ok()?;
    let manifest: Manifest = serde_json::from_str(line.trim()).ok()?;
    let whole = folder.join("letter.pdf").is_file() && folder.file_name()?.to_str()? == manifest.number;
    let Manifest { number, pages, code, envelope } = manifest;
    whole.then(|| Letter { number, pages, code, envelope, folder: folder.to_owned() })
}
