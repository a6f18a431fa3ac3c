//! A checkout as the rules see it: its Rust files, its scripts, its manifests, the paths of everything else. It
//! reads once, keeps all in memory, and refuses to look outside the root or into build output.

use super::source::{Source, is_test_path};
use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};

/// One `Cargo.toml` of a workspace member.
#[derive(Debug)]
pub(crate) struct Manifest {
    pub(crate) path: PathBuf,
    /// The package name without the leading `borgerportal-`; the binary itself keeps its name.
    pub(crate) name: String,
    pub(crate) dependencies: Vec<Dependency>,
}

/// An entry of a dependency table.
#[derive(Debug)]
pub(crate) struct Dependency {
    /// The package, whatever the manifest renames it to.
    pub(crate) package: String,
    pub(crate) line: usize,
    pub(crate) kind: Kind,
    pub(crate) optional: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Normal,
    Build,
    Dev,
}

/// A file of JavaScript, of which only the length is judged.
#[derive(Debug)]
pub(crate) struct Script {
    pub(crate) path: PathBuf,
    pub(crate) lines: usize,
    pub(crate) is_test: bool,
}

/// Everything the rules look at.
#[derive(Debug, Default)]
pub(crate) struct Tree {
    pub(crate) sources: Vec<Source>,
    pub(crate) scripts: Vec<Script>,
    pub(crate) manifests: Vec<Manifest>,
    /// Every file, relative to the root.
    pub(crate) files: Vec<PathBuf>,
}

const SKIPPED: [&str; 5] = ["target", "node_modules", ".git", "dist", "data"];

impl Tree {
    pub(crate) fn load(root: &Path) -> Result<Self> {
        let mut files = Vec::new();
        walk(root, root, &mut files)?;
        files.sort();
        let mut tree = Self { files, ..Self::default() };
        for path in &tree.files {
            let read = || fs::read_to_string(root.join(path)).with_context(|| path.display().to_string());
            if path.extension().is_some_and(|extension| extension == "rs") {
                tree.sources.push(Source::new(path.clone(), read()?));
            } else if path.extension().is_some_and(|extension| extension == "js" || extension == "mjs") {
                let (lines, is_test) = (read()?.lines().count(), is_test_path(path));
                tree.scripts.push(Script { path: path.clone(), lines, is_test });
            } else if path.ends_with("Cargo.toml")
                && let Some(manifest) = Manifest::parse(path, &read()?)?
            {
                tree.manifests.push(manifest);
            }
        }
        let for_tests: Vec<PathBuf> = tree.sources.iter().flat_map(Source::test_modules).collect();
        for source in &mut tree.sources {
            if for_tests.iter().any(|module| source.is_module(module)) {
                source.be_test();
            }
        }
        Ok(tree)
    }

    /// Sources of the product's crates, tests included.
    pub(crate) fn crate_sources(&self) -> impl Iterator<Item = &Source> {
        self.sources.iter().filter(|source| source.is_under("crates"))
    }
}

fn walk(root: &Path, folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let entry = entry?;
        let name = entry.file_name();
        if SKIPPED.iter().any(|skipped| name == *skipped) {
            continue;
        }
        let path = entry.path();
        if entry.file_type()?.is_dir() {
            walk(root, &path, files)?;
        } else if let Ok(relative) = path.strip_prefix(root) {
            files.push(relative.to_path_buf());
        }
    }
    Ok(())
}

impl Manifest {
    /// `None` for a workspace root without a package.
    fn parse(path: &Path, text: &str) -> Result<Option<Self>> {
        let table: toml::Table = text.parse().with_context(|| path.display().to_string())?;
        let package = table.get("package").and_then(|package| package.get("name"));
        let Some(name) = package.and_then(toml::Value::as_str) else { return Ok(None) };
        let mut dependencies = Vec::new();
        let targets = table.get("target").and_then(toml::Value::as_table);
        let per_target = targets.into_iter().flat_map(|targets| targets.values());
        let tables = std::iter::once(&table).chain(per_target.filter_map(toml::Value::as_table));
        for table in tables {
            for (key, kind) in [
                ("dependencies", Kind::Normal),
                ("build-dependencies", Kind::Build),
                ("dev-dependencies", Kind::Dev),
            ] {
                let entries = table.get(key).and_then(toml::Value::as_table);
                let read = |(name, value): (&String, &toml::Value)| Dependency::read(name, value, kind, text);
                dependencies.extend(entries.into_iter().flatten().map(read));
            }
        }
        Ok(Some(Self { path: path.to_path_buf(), name: short(name), dependencies }))
    }

    pub(crate) fn is_under(&self, folder: &str) -> bool {
        self.path.starts_with(folder)
    }
}

impl Dependency {
    fn read(name: &str, value: &toml::Value, kind: Kind, text: &str) -> Self {
        let package = value.get("package").and_then(toml::Value::as_str).unwrap_or(name);
        let optional = value.get("optional").and_then(toml::Value::as_bool).unwrap_or(false);
        let section = match kind {
            Kind::Normal => "[dependencies",
            Kind::Build => "[build-dependencies",
            Kind::Dev => "[dev-dependencies",
        };
        let at_name = |line: &str| {
            let rest = line.trim_start().strip_prefix(name);
            rest.is_some_and(|rest| rest.trim_start().starts_with(['=', '.', ']']))
        };
        let lines = || text.lines().enumerate();
        let start = lines().find(|(_, line)| line.starts_with(section)).map_or(0, |(index, _)| index);
        let found = lines().skip(start).find(|(_, line)| at_name(line));
        Self {
            package: package.to_owned(),
            line: found.map_or(start, |(index, _)| index) + 1,
            kind,
            optional,
        }
    }

    /// The crate of this project, without its prefix, if it is one.
    pub(crate) fn own(&self) -> Option<&str> {
        self.package.strip_prefix("borgerportal-")
    }
}

fn short(package: &str) -> String {
    package.strip_prefix("borgerportal-").unwrap_or(package).to_owned()
}
