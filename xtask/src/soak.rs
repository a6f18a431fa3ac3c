//! The large proofs, too slow for `./test`: the same tests with larger numbers, one after the other, so that
//! nothing but the machine's other work disturbs them. They are built once and run from a copy, so that all of a
//! table comes from one state of the code. What they print is written, with date, commit and command,
//! into `docs/soak.md`. It refuses to write a table of a run that failed as if it had passed.

use crate::testing::Program;
use crate::{postgres, say};
use anyhow::{Context as _, Result, ensure};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

const STORIES: &str = "http";
const KILL: &str = "kill";

/// What a test prints in front of a line that belongs into the table.
const MARK: &str = "RESULT ";
const TITLE: &str = "# Soak\n\nThe large proofs, made by `cargo run -p xtask -- soak`. `./test` runs the same tests \
    with smaller numbers. Newest first.\n";

#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Options {
    /// Withdrawn mandates on each engine
    #[arg(long, default_value_t = 100_000)]
    tries: u32,
    /// Processes killed under load on each engine
    #[arg(long, default_value_t = 1_000)]
    kills: u32,
    /// Requests of each kind when existence is timed
    #[arg(long, default_value_t = 2_000)]
    timing: u32,
    /// Only these proofs: withdrawal, kills, existence
    #[arg(long, value_delimiter = ',')]
    only: Vec<String>,
}

impl Options {
    fn command(&self) -> String {
        let only =
            if self.only.is_empty() { String::new() } else { format!(" --only {}", self.only.join(",")) };
        let Self { tries, kills, timing, .. } = self;
        format!("cargo run -p xtask -- soak --tries {tries} --kills {kills} --timing {timing}{only}")
    }
}

/// A proof: a name, the test program it stands in, what makes it large.
struct Proof {
    name: &'static str,
    program: &'static str,
    filter: &'static str,
    variable: &'static str,
    size: u32,
}

fn proofs(options: &Options) -> [Proof; 3] {
    [
        Proof {
            name: "withdrawal",
            program: STORIES,
            filter: "every_way_in_is_closed_at_once::",
            variable: "PORTAL_TRIES",
            size: options.tries,
        },
        Proof {
            name: "kills",
            program: KILL,
            filter: "what_was_acknowledged_survives_kill_9_under_load::",
            variable: "PORTAL_KILLS",
            size: options.kills,
        },
        Proof {
            name: "existence",
            program: STORIES,
            filter: "the_time_it_takes_is_measured::",
            variable: "PORTAL_TIMING",
            size: options.timing,
        },
    ]
}

/// Runs the proofs and writes the table; whether all of them held.
pub(crate) fn run(root: &Path, options: &Options) -> Result<bool> {
    let cluster =
        postgres::Cluster::start(&postgres::Options::default()).context("PostgreSQL for the soak")?;
    let authority = cluster.authority().display().to_string();
    let programs = build(root)?;
    let (mut rows, mut held) = (String::new(), true);
    for proof in proofs(options) {
        if !options.only.is_empty() && !options.only.iter().any(|only| only == proof.name) {
            continue;
        }
        let started = Instant::now();
        let program = programs.join(proof.program).display().to_string();
        let ran = Program::new(&program, &root.join("stories"))
            .args(["--nocapture", "--test-threads=1", proof.filter])
            .env(postgres::URL_VARIABLE, cluster.url())
            .env(postgres::AUTHORITY_VARIABLE, &authority)
            .env(proof.variable, &proof.size.to_string())
            .run()?;
        let results = results(&ran.output);
        let good = ran.success && !results.is_empty();
        held &= good;
        let took = say::duration(started.elapsed());
        row(&mut rows, proof.name, &results, if good { "held" } else { "FAILED" }, &took)?;
    }
    write(root, options, &rows)?;
    Ok(held)
}

/// Builds the test programs and copies them to a folder of their own, under their plain names.
fn build(root: &Path) -> Result<PathBuf> {
    let ran = Program::cargo(root)
        .args(["test", "--locked", "--no-run", "-p", "borgerportal-stories", "-p", "borgerportal-store"])
        .args(["--test", STORIES, "--test", KILL])
        .run()?;
    ensure!(ran.success, "the proofs could not be built");
    let folder = root.join("target/soak");
    std::fs::create_dir_all(&folder).context("target/soak")?;
    for name in [STORIES, KILL] {
        let built =
            executable(&ran.output, name).with_context(|| format!("cargo built no program `{name}`"))?;
        std::fs::copy(root.join(built), folder.join(name)).with_context(|| built.to_owned())?;
    }
    Ok(folder)
}

/// Where Cargo says that it put a test program: `Executable tests/http/main.rs (target/debug/deps/http-1f3a)`.
fn executable<'a>(output: &'a str, name: &str) -> Option<&'a str> {
    let lines = output.lines().filter(|line| line.trim_start().starts_with("Executable"));
    let mut paths = lines.filter_map(|line| Some(line.rsplit_once('(')?.1.trim_end_matches(')')));
    paths.find(|path| path.rsplit('/').next().is_some_and(|file| file.starts_with(&format!("{name}-"))))
}

/// The lines a test wants in the table.
fn results(output: &str) -> Vec<&str> {
    output.lines().filter_map(|line| line.split_once(MARK)).map(|(_, result)| result.trim()).collect()
}

fn row(rows: &mut String, name: &str, results: &[&str], outcome: &str, took: &str) -> Result<()> {
    let said = if results.is_empty() { "no result".to_owned() } else { results.join("<br>") };
    Ok(writeln!(rows, "| {name} | {outcome} | {said} | {took} |")?)
}

fn write(root: &Path, options: &Options, rows: &str) -> Result<()> {
    let said = |program: &str, arguments: &[&str]| -> Result<String> {
        let ran =
            Command::new(program).args(arguments).current_dir(root).output().context("a date, a commit")?;
        Ok(String::from_utf8_lossy(&ran.stdout).trim().to_owned())
    };
    let date = said("date", &["-u", "+%Y-%m-%d %H:%M UTC"])?;
    let commit = said("git", &["rev-parse", "--short=12", "HEAD"])?;
    let changed = said("git", &["status", "--porcelain", "--untracked-files=no", "--", "crates", "stories"])?;
    let changed = if changed.is_empty() { "" } else { " with changes not yet committed" };
    let processors = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let path = root.join("docs/soak.md");
    let before = std::fs::read_to_string(&path).unwrap_or_default();
    let before = before.strip_prefix(TITLE).unwrap_or(&before);
    let section = format!(
        "{TITLE}\n## {date}\n\nCommit `{commit}`{changed}, {processors} processors, profile `dev`. `{}`\n\n\
         | Proof | Outcome | What was counted | Took |\n|---|---|---|---|\n{rows}{before}",
        options.command()
    );
    std::fs::write(&path, section).context("docs/soak.md")?;
    say::line(format!("written: {}", path.display()));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_are_found_wherever_a_runner_puts_them() {
        let output = "test a::sqlite ... RESULT x sqlite: 3 tries\nok\nnothing\nRESULT y: 4\n";
        assert_eq!(results(output), ["x sqlite: 3 tries", "y: 4"]);
    }

    #[test]
    fn programs_are_found_where_cargo_put_them() {
        let output = "    Finished\n  Executable tests/http/main.rs (target/debug/deps/http-1f3a)\n\
            Executable tests/kill.rs (target/debug/deps/kill-22)\n";
        assert_eq!(executable(output, "http"), Some("target/debug/deps/http-1f3a"));
        assert_eq!(executable(output, "kill"), Some("target/debug/deps/kill-22"));
        assert_eq!(executable(output, "htt"), None);
    }

    #[test]
    fn a_proof_that_said_nothing_is_not_a_row_of_numbers() {
        let mut rows = String::new();
        row(&mut rows, "kills", &[], "FAILED", "1 s").unwrap();
        assert_eq!(rows, "| kills | FAILED | no result | 1 s |\n");
    }
}
