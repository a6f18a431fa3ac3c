//! The tour: walks every page of the demo in Chromium as every person of the demo, in both languages, and
//! writes the table and the pictures that the documentation shows. The walking itself is JavaScript beside the
//! browser stories. It refuses to pass when a page failed, or when axe-core or the browser had something to say.

use crate::{assets, testing};
use anyhow::{Context as _, Result, bail};
use std::path::{Path, PathBuf};
use std::process::Command;

#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// A demo that runs already; a fresh one is started when left out
    #[arg(long)]
    url: Option<String>,
    /// A picture of every single page into this folder, instead of the table and the few pictures in docs/
    #[arg(long)]
    all: Option<PathBuf>,
}

/// Builds the program, then walks; `false` when there is something to mend.
pub(crate) fn run(root: &Path, options: &Options) -> Result<bool> {
    let stories = root.join("stories/browser");
    if !stories.join("node_modules/.package-lock.json").exists() {
        let flags = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
        must(Command::new("npm").args(flags).current_dir(&stories), "npm ci in stories/browser")?;
    }
    if options.url.is_none() {
        assets::build(root)?;
        let build = ["build", "--locked", "-p", "borgerportal", "--features", "demo"];
        must(Command::new(testing::cargo()).args(build).current_dir(root), "building the demo")?;
    }
    let mut walk = Command::new("node");
    walk.arg("tour.mjs").current_dir(&stories);
    if let Some(folder) = &options.all {
        walk.arg("--all").arg("--pictures").arg(std::path::absolute(folder)?);
    } else {
        walk.arg("--pictures").arg(root.join("docs/screens"));
        walk.arg("--table").arg(root.join("docs/tour.md"));
    }
    if let Some(url) = &options.url {
        walk.args(["--url", url]);
    }
    Ok(walk.status().context("node")?.success())
}

fn must(command: &mut Command, what: &str) -> Result<()> {
    if !command.status().with_context(|| what.to_owned())?.success() {
        bail!("{what} failed");
    }
    Ok(())
}
