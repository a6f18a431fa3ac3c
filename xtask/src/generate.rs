//! Data of any size for benches and for looking at. The generator itself is part of `benches` and always runs as
//! a release build: a debug build would take ten times as long. This is only the way in.

use crate::testing;
use anyhow::{Context, Result, bail};
use std::path::Path;
use std::process::Command;

#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Options {
    /// People with a journal, each with a mandate from a relative
    #[arg(long)]
    citizens: u64,
    /// Spread over so many of the 98
    #[arg(long, default_value_t = 1)]
    municipalities: u8,
    /// The same seed gives the same data
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// `sqlite:PATH` or `postgres://…`; made ready if it is not
    #[arg(long)]
    location: String,
    /// The key file, made if it is missing; beside an embedded database when left out
    #[arg(long)]
    keys: Option<String>,
    /// 20 small items each, and 1,000 full citizens among them
    #[arg(long)]
    thin: bool,
}

impl Options {
    /// As the generator takes them.
    fn arguments(&self) -> Vec<String> {
        let mut words = vec!["generate".to_owned()];
        let mut set = |name: &str, value: String| words.extend([format!("--{name}"), value]);
        set("citizens", self.citizens.to_string());
        set("municipalities", self.municipalities.to_string());
        set("seed", self.seed.to_string());
        set("location", self.location.clone());
        if let Some(keys) = &self.keys {
            set("keys", keys.clone());
        }
        if self.thin {
            words.push("--thin".to_owned());
        }
        words
    }
}

/// Builds the generator and runs it.
pub(crate) fn run(root: &Path, options: &Options) -> Result<()> {
    let status = Command::new(testing::cargo())
        .args(["run", "--release", "-q", "-p", "borgerportal-benches", "--"])
        .args(options.arguments())
        .current_dir(root)
        .status()
        .context("cargo run")?;
    if !status.success() {
        bail!("nothing, or not all, was generated");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_option_reaches_the_generator() {
        let options = Options {
            citizens: 10,
            municipalities: 98,
            seed: 7,
            location: "sqlite:x.db".to_owned(),
            keys: Some("k".to_owned()),
            thin: true,
        };
        let said = options.arguments().join(" ");
        let all =
            "generate --citizens 10 --municipalities 98 --seed 7 --location sqlite:x.db --keys k --thin";
        assert_eq!(said, all);
    }
}
