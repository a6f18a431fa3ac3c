//! `./test`: every check of this project, one after the other, with one summary. A failing step does
//! not stop the next, because one look should show all that is wrong. It refuses to pass silently:
//! what could not run says "skipped" and why, and PostgreSQL is never among that.

mod command;
mod count;

use crate::{assets, postgres, say, tidy};
use anyhow::{Context, Result, bail};
use command::has_cargo_command;
pub(crate) use command::{Program, Ran, cargo};
use count::Count;
use std::path::Path;

#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// Only these steps, by name: assets, format, lints, operator, licences, tidy, peers, tests, docs, browser
    #[arg(long, value_delimiter = ',')]
    only: Vec<String>,
    /// Run PostgreSQL with fsync: slower, and of use only to a test that takes the machine's power away (none does: a
    /// process that is killed loses nothing it has written)
    #[arg(long)]
    fsync: bool,
}

/// How a step ended.
enum Outcome {
    Done(Count),
    Skipped(&'static str),
}

struct Finished {
    name: &'static str,
    outcome: Result<Outcome>,
    took: String,
}

type Work<'a> = Box<dyn FnOnce() -> Result<Outcome> + 'a>;

/// Runs the steps; whether all of them passed.
pub(crate) fn run(root: &Path, options: &Options) -> Result<bool> {
    let steps: Vec<(&'static str, &'static str, Work<'_>)> = vec![
        ("assets", "style sheet, fonts, icons", Box::new(|| assets::build(root).map(|_| one()))),
        ("format", "cargo fmt", Box::new(|| format(root))),
        ("lints", "clippy, warnings are errors", Box::new(|| lints(root))),
        ("operator", "the program as operators build it, without the demo", Box::new(|| operator(root))),
        ("licences", "licences, bans and sources of dependencies", Box::new(|| licences(root))),
        ("tidy", "the invariants of ARCHITECTURE.md", Box::new(|| tidy::run(root).map(|()| one()))),
        (
            "peers",
            "npm ci for the browser and the programs of others that stories meet",
            Box::new(|| peers(root)),
        ),
        ("tests", "all tests, on SQLite and PostgreSQL", Box::new(|| tests(root, options))),
        ("docs", "examples in the documentation", Box::new(|| doc_tests(root))),
        ("browser", "stories in a real browser", Box::new(|| browser(root))),
    ];
    if let Some(unknown) = options.only.iter().find(|only| !steps.iter().any(|(name, ..)| name == only)) {
        bail!("there is no step `{unknown}`");
    }
    let mut finished = Vec::new();
    for (name, what, work) in steps {
        if options.only.is_empty() || options.only.iter().any(|only| only == name) {
            finished.push(perform(name, what, work));
        }
    }
    Ok(summary(&finished))
}

fn perform(name: &'static str, what: &'static str, work: Work<'_>) -> Finished {
    let step = say::Step::begin(format!("{name}: {what}"));
    let outcome = work();
    let said = match &outcome {
        Ok(Outcome::Done(count)) if count.failed == 0 => "ok".to_owned(),
        Ok(Outcome::Done(count)) => format!("{} FAILED", count.failed),
        Ok(Outcome::Skipped(why)) => format!("skipped ({why})"),
        Err(error) => format!("FAILED: {error:#}"),
    };
    Finished { name, outcome, took: say::duration(step.end(&said)) }
}

/// Prints a line for each step; the last line is `N passed, N failed`.
fn summary(finished: &[Finished]) -> bool {
    let mut total = Count::default();
    say::line("");
    for Finished { name, outcome, took } in finished {
        let (count, said) = match outcome {
            Ok(Outcome::Done(count)) => (*count, format!("{} passed, {} failed", count.passed, count.failed)),
            Ok(Outcome::Skipped(why)) => (Count::default(), format!("skipped: {why}")),
            Err(error) => (Count { passed: 0, failed: 1 }, format!("failed: {error:#}")),
        };
        total = total + count;
        let first_line = said.lines().next().unwrap_or_default();
        say::line(format!("{name:<10} {took:>12}   {first_line}"));
    }
    say::line(format!("{} passed, {} failed", total.passed, total.failed));
    total.failed == 0
}

fn one() -> Outcome {
    Outcome::Done(Count { passed: 1, failed: 0 })
}

/// Runs a program that passes or fails as a whole.
fn whole(program: Program) -> Result<Outcome> {
    let ran = program.run()?;
    if ran.success { Ok(one()) } else { Ok(Outcome::Done(Count { passed: 0, failed: 1 })) }
}

fn format(root: &Path) -> Result<Outcome> {
    whole(Program::cargo(root).args(["fmt", "--all", "--check"]))
}

fn lints(root: &Path) -> Result<Outcome> {
    whole(Program::cargo(root).args([
        "clippy",
        "--workspace",
        "--all-targets",
        "--all-features",
        "--locked",
        "--",
        "-D",
        "warnings",
    ]))
}

fn operator(root: &Path) -> Result<Outcome> {
    whole(Program::cargo(root).args(["clippy", "-p", "borgerportal", "--locked", "--", "-D", "warnings"]))
}

/// Advisories need a database from the network, so they are CI's business where there is one.
fn licences(root: &Path) -> Result<Outcome> {
    if !has_cargo_command("deny") {
        return Ok(Outcome::Skipped("cargo-deny is not installed: cargo install cargo-deny --locked"));
    }
    whole(Program::cargo(root).args(["deny", "check", "bans", "licenses", "sources"]))
}

/// Folders whose programs come from npm: an OpenID provider and a calendar made by others, a browser's driver, axe.
const PEERS: [&str; 3] = ["stories/peers/oidc-provider", "stories/peers/ical", "stories/browser"];

fn peers(root: &Path) -> Result<Outcome> {
    for peer in PEERS {
        let folder = root.join(peer);
        let modified = |name: &str| folder.join(name).metadata().and_then(|data| data.modified()).ok();
        let installed = modified("node_modules/.package-lock.json");
        if installed.is_some() && installed > modified("package-lock.json") {
            continue;
        }
        say::progress(format!("npm ci in {peer}"));
        let flags = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
        if !Program::new("npm", &folder).args(flags).run()?.success {
            bail!("npm ci failed in {peer}");
        }
    }
    Ok(one())
}

/// The demo as it was built for the tests, told about in Chromium. It is built as a part of a test: a plain build has
/// other features in a few libraries below, and everything above them would be compiled once more.
fn browser(root: &Path) -> Result<Outcome> {
    let build = ["test", "--workspace", "--all-features", "--locked", "--no-run", "--test", "program"];
    if !Program::cargo(root).args(build).run()?.success {
        bail!("the demo could not be built");
    }
    let ran = Program::new("npm", &root.join("stories/browser")).args(["test", "--silent"]).run()?;
    counted(ran.success, count::tap(&ran.output))
}

fn tests(root: &Path, options: &Options) -> Result<Outcome> {
    let server_options = postgres::Options { no_fsync: !options.fsync, ..postgres::Options::default() };
    let server = postgres::Cluster::start(&server_options).context("PostgreSQL for the tests")?;
    say::progress("PostgreSQL is up");
    let program = Program::cargo(root)
        .env(postgres::URL_VARIABLE, server.url())
        .env(postgres::AUTHORITY_VARIABLE, &server.authority().display().to_string())
        .env("INSTA_UPDATE", "no");
    let program = program.env("BORGERPORTAL_REQUIRE_PEERS", "1");
    if has_cargo_command("nextest") {
        let run = ["nextest", "run", "--workspace", "--all-features", "--locked", "--no-fail-fast"];
        let ran = program.args(run).args(["--test-threads", at_once().as_str()]).run()?;
        return counted(ran.success, count::nextest(&ran.output));
    }
    say::progress("cargo-nextest is not installed; cargo test does the same, more slowly");
    let run =
        ["test", "--workspace", "--all-features", "--locked", "--no-fail-fast", "--lib", "--bins", "--tests"];
    let ran = program.args(run).run()?;
    counted(ran.success, count::cargo_test(&ran.output))
}

/// Tests at once: half as many again as there are processors, for every other one waits for PostgreSQL.
fn at_once() -> String {
    let processors = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
    (processors + processors / 2).to_string()
}

fn doc_tests(root: &Path) -> Result<Outcome> {
    let ran = Program::cargo(root)
        .args(["test", "--workspace", "--all-features", "--locked", "--no-fail-fast", "--doc"])
        .run()?;
    counted(ran.success, count::cargo_test(&ran.output))
}

/// What the runner counted; a runner that failed without counting a failure did not get as far.
fn counted(success: bool, count: Count) -> Result<Outcome> {
    match (success, count) {
        (false, Count { failed: 0, .. }) => bail!("the tests could not be built or run"),
        (true, Count { passed: 0, failed: 0 }) => bail!("no test ran"),
        (_, count) => Ok(Outcome::Done(count)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(success: bool, passed: u32, failed: u32) -> String {
        match counted(success, Count { passed, failed }) {
            Ok(Outcome::Done(count)) => format!("{} {}", count.passed, count.failed),
            Ok(Outcome::Skipped(why)) => why.to_owned(),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn a_runner_that_counted_nothing_has_not_passed() {
        assert_eq!(said(true, 7, 0), "7 0");
        assert_eq!(said(false, 7, 2), "7 2");
        assert_eq!(said(true, 0, 0), "no test ran");
        assert_eq!(said(false, 0, 0), "the tests could not be built or run");
        // A runner that was killed after its last test said that all was well so far.
        assert_eq!(said(false, 7, 0), "the tests could not be built or run");
    }

    #[test]
    fn the_whole_passes_when_nothing_failed_and_a_step_that_broke_is_one_failure() {
        let done = |passed, failed| Ok(Outcome::Done(Count { passed, failed }));
        let finished = |outcome| Finished { name: "tests", outcome, took: "1 s".to_owned() };
        assert!(summary(&[finished(done(3, 0)), finished(Ok(Outcome::Skipped("not installed")))]));
        assert!(!summary(&[finished(done(3, 1))]));
        assert!(!summary(&[finished(done(3, 0)), finished(Err(anyhow::anyhow!("broke")))]));
    }

    #[test]
    fn a_step_that_does_not_exist_is_told_before_any_other_begins() {
        let options = Options { only: vec!["tidy".to_owned(), "lint".to_owned()], fsync: false };
        let error = run(Path::new("/nowhere"), &options).unwrap_err();
        assert_eq!(error.to_string(), "there is no step `lint`");
    }
}
