//! The folder of a municipality that leaves: for its owner alone, under another name until it is whole, with a list of all
//! files and their hashes. It refuses a folder that has something in it.

use crate::backup::{hex, sync};
use anyhow::{Context as _, bail};
use borgerportal_domain::municipality::MunicipalityCode;
use borgerportal_service::leaving::{Exported, Line, Sink};
use ring::digest;
use serde_json::{Value, json};
use std::fs::{DirBuilder, File, OpenOptions};
use std::io::{BufWriter, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

/// What every export has, so that a broken one is known again.
const README: &str = "README.txt";
const CONTENTS: &str = "contents.json";
/// Journals between two signs of life.
const SIGN: u64 = 500;

/// What was written.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Counts {
    pub(super) journals: u64,
    pub(super) lines: u64,
    pub(super) files: u64,
}

/// A folder that is being filled.
pub(super) struct Folder {
    part: PathBuf,
    contents: BufWriter<File>,
    first: bool,
    open: Option<Open>,
    counts: Counts,
}

/// A file of lines that is being written.
struct Open {
    name: String,
    file: BufWriter<File>,
    hash: digest::Context,
    bytes: u64,
    lines: u64,
}

impl Folder {
    /// Begins one beside where it will be. What an export that was broken off left there goes first.
    pub(super) fn begin(to: &Path, municipality: MunicipalityCode) -> anyhow::Result<Self> {
        let entries = std::fs::read_dir(to).map(|mut entries| entries.next().is_some());
        if to.exists() && entries.unwrap_or(true) {
            bail!("{} has something in it: name a folder that is new or empty", to.display());
        }
        let part = part_of(to)?;
        if part.exists() {
            if !part.join(README).exists() {
                bail!("{} is in the way, and is no export that was broken off", part.display());
            }
            std::fs::remove_dir_all(&part).with_context(|| part.display().to_string())?;
        }
        make_folder(&part)?;
        let mut readme = make(&part.join(README))?;
        readme.write_all(readme_of(municipality).as_bytes())?;
        let mut contents = BufWriter::new(make(&part.join(CONTENTS))?);
        write!(contents, "{{\"municipality\":\"{municipality}\",\"files\":[")?;
        Ok(Self { part, contents, first: true, open: None, counts: Counts::default() })
    }

    /// Ends the list and gives the folder its name.
    pub(super) fn finish(mut self, to: &Path, exported: Exported) -> anyhow::Result<Counts> {
        self.close()?;
        let counts = self.counts;
        let (journals, lines, files) = (exported.journals, counts.lines, counts.files);
        let (keyless, missing) = (exported.keyless, exported.missing);
        write!(
            self.contents,
            "\n],\"journals\":{journals},\"lines\":{lines},\"attachments\":{files},\"journalsWithoutKey\":{keyless},\
             \"attachmentsMissing\":{missing}}}\n"
        )?;
        self.contents.into_inner().context(CONTENTS)?.sync_all()?;
        std::fs::rename(&self.part, to).with_context(|| to.display().to_string())?;
        sync(to.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new(".")))?;
        Ok(counts)
    }

    fn place(&self, name: &str) -> anyhow::Result<PathBuf> {
        let place = self.part.join(name);
        if let Some(folder) = place.parent() {
            make_folder(folder)?;
        }
        Ok(place)
    }

    fn close(&mut self) -> anyhow::Result<()> {
        let Some(open) = self.open.take() else { return Ok(()) };
        open.file.into_inner().with_context(|| open.name.clone())?.sync_all()?;
        let hash = hex(open.hash.finish().as_ref());
        self.counts.lines += open.lines;
        self.list(&json!({ "file": open.name, "bytes": open.bytes, "lines": open.lines, "sha256": hash }))
    }

    fn list(&mut self, entry: &Value) -> anyhow::Result<()> {
        let between = if std::mem::take(&mut self.first) { "\n" } else { ",\n" };
        Ok(write!(self.contents, "{between}{entry}")?)
    }

    fn opened(&mut self, name: &str) -> anyhow::Result<&mut Open> {
        if self.open.as_ref().is_none_or(|open| open.name != name) {
            self.close()?;
            let file = BufWriter::new(make(&self.place(name)?)?);
            let hash = digest::Context::new(&digest::SHA256);
            self.open = Some(Open { name: name.to_owned(), file, hash, bytes: 0, lines: 0 });
        }
        self.open.as_mut().context("a file")
    }
}

impl Sink for Folder {
    type Error = anyhow::Error;

    fn lines(&mut self, name: &str, lines: &[Line]) -> anyhow::Result<()> {
        if lines.is_empty() {
            return Ok(());
        }
        let open = self.opened(name)?;
        for line in lines {
            for piece in [line.json.as_slice(), b"\n"] {
                open.file.write_all(piece)?;
                open.hash.update(piece);
                open.bytes += piece.len() as u64;
            }
            open.lines += 1;
        }
        Ok(())
    }

    fn file(&mut self, name: &str, content: &[u8]) -> anyhow::Result<()> {
        let mut file = make(&self.place(name)?)?;
        file.write_all(content)?;
        file.sync_all()?;
        self.counts.files += 1;
        let hash = hex(digest::digest(&digest::SHA256, content).as_ref());
        self.list(&json!({ "file": name, "bytes": content.len(), "sha256": hash }))
    }

    fn journal(&mut self) {
        self.counts.journals += 1;
        if self.counts.journals.is_multiple_of(SIGN) {
            crate::say::line(format!("journals  {} …", self.counts.journals));
        }
    }
}

fn part_of(to: &Path) -> anyhow::Result<PathBuf> {
    let mut name =
        to.file_name().with_context(|| format!("{} is no name of a folder", to.display()))?.to_owned();
    name.push(".part");
    Ok(to.with_file_name(name))
}

/// For its owner alone.
fn make_folder(folder: &Path) -> anyhow::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(folder).with_context(|| folder.display().to_string())
}

/// A new file, for its owner alone.
fn make(file: &Path) -> anyhow::Result<File> {
    let mut open = OpenOptions::new();
    open.write(true).create_new(true).mode(0o600);
    open.open(file).with_context(|| file.display().to_string())
}

fn readme_of(municipality: MunicipalityCode) -> String {
    format!("{}\n{}", municipality.full_name(), include_str!("README.txt"))
}
