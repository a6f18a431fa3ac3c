//! The large proofs, too slow for `./test`: the same tests with larger numbers, one proof after the other. They are
//! built once, as a release is, and run from a copy, so that all of a table comes from one state of the code. What
//! they print is written, with date, commit and command, into `docs/soak.md`, after each proof: a soak that is
//! stopped keeps what it has, and `--only` does the rest. It refuses to write of a proof that failed as if it held.

use crate::postgres;
use crate::say::{self, Step};
use crate::testing::{Program, Ran};
use anyhow::{Context as _, Result, ensure};
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

const STORIES: &str = "http";
const KILL: &str = "kill";
const FUZZ: &str = "fuzz";
const FAILOVER: &str = "failover";
const ONCE: &str = "once";
const PROGRAMS: [&str; 5] = [STORIES, KILL, FUZZ, FAILOVER, ONCE];

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
    /// Seconds for each fuzz target
    #[arg(long, default_value_t = 600)]
    fuzz: u32,
    /// Acknowledged writes before and after a failover
    #[arg(long, default_value_t = 20_000)]
    failover: u32,
    /// Crowds of 64 who press one button, on each engine
    #[arg(long, default_value_t = 1_000)]
    crowds: u32,
    /// Processes killed while visits are called off, messages and applications sent, on each engine
    #[arg(long, default_value_t = 300)]
    told: u32,
    /// Only these proofs: withdrawal, kills, existence, fuzz, failover, crowds, told
    #[arg(long, value_delimiter = ',')]
    only: Vec<String>,
}

impl Options {
    fn command(&self) -> String {
        let only =
            if self.only.is_empty() { String::new() } else { format!(" --only {}", self.only.join(",")) };
        let Self { tries, kills, timing, fuzz, failover, crowds, told, .. } = self;
        format!(
            "cargo run -p xtask -- soak --tries {tries} --kills {kills} --timing {timing} --fuzz {fuzz} \
             --failover {failover} --crowds {crowds} --told {told}{only}"
        )
    }
}

/// A proof: a name, the test program it stands in, what makes it large.
struct Proof {
    name: &'static str,
    program: &'static str,
    filter: &'static str,
    variable: &'static str,
    size: u32,
    /// Tests at a time: both engines side by side, but nothing beside what is timed.
    threads: &'static str,
}

fn proofs(options: &Options) -> [Proof; 7] {
    [
        Proof {
            name: "withdrawal",
            program: STORIES,
            filter: "every_way_in_is_closed_at_once::",
            variable: "PORTAL_TRIES",
            size: options.tries,
            threads: "2",
        },
        Proof {
            name: "kills",
            program: KILL,
            filter: "what_was_acknowledged_survives_kill_9_under_load::",
            variable: "PORTAL_KILLS",
            size: options.kills,
            threads: "2",
        },
        Proof {
            name: "existence",
            program: STORIES,
            filter: "the_time_it_takes_is_measured::",
            variable: "PORTAL_TIMING",
            size: options.timing,
            threads: "1",
        },
        Proof {
            name: "fuzz",
            program: FUZZ,
            filter: "",
            variable: "PORTAL_FUZZ",
            size: options.fuzz,
            threads: "2",
        },
        Proof {
            name: "failover",
            program: FAILOVER,
            filter: "nothing_acknowledged_is_lost",
            variable: "PORTAL_FAILOVER",
            size: options.failover,
            threads: "1",
        },
        Proof {
            name: "crowds",
            program: ONCE,
            filter: "sixty_four_at_once_do_it_once_whatever_the_record_system_does::",
            variable: "PORTAL_CROWDS",
            size: options.crowds,
            threads: "2",
        },
        Proof {
            name: "told",
            program: ONCE,
            filter: "what_is_acknowledged_is_done_and_told_once_when_the_process_is_killed::",
            variable: "PORTAL_TOLD",
            size: options.told,
            threads: "2",
        },
    ]
}

/// Runs the proofs and writes the table; whether all of them held.
pub(crate) fn run(root: &Path, options: &Options) -> Result<bool> {
    let chosen = |name: &str| options.only.is_empty() || options.only.iter().any(|only| only == name);
    let all = proofs(options);
    for only in &options.only {
        ensure!(all.iter().any(|proof| proof.name == only), "there is no proof called {only}");
    }
    let programs = build(root)?;
    let mut table = Table::begin(root, options)?;
    let mut held = true;
    for proof in all.iter().filter(|proof| chosen(proof.name)) {
        let step = Step::begin(proof.name);
        let ran = prove(root, &programs, proof)?;
        let results = results(&ran.output);
        let good = ran.success && !results.is_empty();
        held &= good;
        let outcome = if good { "held" } else { "FAILED" };
        let took = step.end(outcome);
        table.row(proof.name, outcome, &results, took)?;
    }
    say::line(format!("written: {}", table.path.display()));
    Ok(held)
}

/// Runs one proof against a PostgreSQL of its own; the failover against two.
fn prove(root: &Path, programs: &Path, proof: &Proof) -> Result<Ran> {
    let program = programs.join(proof.program).display().to_string();
    let program = Program::new(&program, &root.join("stories"))
        .args(["--nocapture", "--test-threads", proof.threads, proof.filter])
        .env(proof.variable, &proof.size.to_string())
        .env("PORTAL_FUZZ_SEED", &std::process::id().to_string());
    if proof.program == FAILOVER {
        let pair = postgres::Pair::start().context("a pair of PostgreSQL servers")?;
        let program = program.env(postgres::URL_VARIABLE, &pair.url());
        return pair.orders()?.iter().fold(program, |program, (name, order)| program.env(name, order)).run();
    }
    let cluster =
        postgres::Cluster::start(&postgres::Options::default()).context("PostgreSQL for the soak")?;
    program
        .env(postgres::URL_VARIABLE, cluster.url())
        .env(postgres::AUTHORITY_VARIABLE, &cluster.authority().display().to_string())
        .run()
}

/// Builds the test programs and copies them to a folder of their own, under their plain names.
fn build(root: &Path) -> Result<PathBuf> {
    let ran = Program::cargo(root)
        .args(["test", "--release", "--locked", "--no-run"])
        .args(["-p", "borgerportal-stories", "-p", "borgerportal-store", "-p", "borgerportal-service"])
        .args(["--test", STORIES, "--test", KILL, "--test", FUZZ, "--test", FAILOVER, "--test", ONCE])
        .run()?;
    ensure!(ran.success, "the proofs could not be built");
    let folder = root.join("target/soak");
    std::fs::create_dir_all(&folder).context("target/soak")?;
    for name in PROGRAMS {
        let built =
            executable(&ran.output, name).with_context(|| format!("cargo built no program `{name}`"))?;
        std::fs::copy(root.join(built), folder.join(name)).with_context(|| built.to_owned())?;
    }
    Ok(folder)
}

/// Where Cargo says that it put a test program: `Executable tests/http/main.rs (target/release/deps/http-1f3a)`.
fn executable<'a>(output: &'a str, name: &str) -> Option<&'a str> {
    let lines = output.lines().filter(|line| line.trim_start().starts_with("Executable"));
    let mut paths = lines.filter_map(|line| Some(line.rsplit_once('(')?.1.trim_end_matches(')')));
    paths.find(|path| path.rsplit('/').next().is_some_and(|file| file.starts_with(&format!("{name}-"))))
}

/// The lines a test wants in the table.
fn results(output: &str) -> Vec<&str> {
    output.lines().filter_map(|line| line.split_once(MARK)).map(|(_, result)| result.trim()).collect()
}

fn row(name: &str, outcome: &str, results: &[&str], took: Duration) -> String {
    let said = if results.is_empty() { "no result".to_owned() } else { results.join("<br>") };
    format!("| {name} | {outcome} | {said} | {} |\n", say::duration(took))
}

/// The section of this soak in `docs/soak.md`, in front of the earlier ones.
struct Table {
    path: PathBuf,
    section: String,
    before: String,
}

impl Table {
    fn begin(root: &Path, options: &Options) -> Result<Self> {
        let said = |program: &str, arguments: &[&str]| -> Result<String> {
            let ran = Command::new(program).args(arguments).current_dir(root).output();
            Ok(String::from_utf8_lossy(&ran.context("a date, a commit")?.stdout).trim().to_owned())
        };
        let date = said("date", &["-u", "+%Y-%m-%d %H:%M UTC"])?;
        let commit = said("git", &["rev-parse", "--short=12", "HEAD"])?;
        let changed =
            said("git", &["status", "--porcelain", "--untracked-files=no", "--", "crates", "stories"])?;
        let changed = if changed.is_empty() { "" } else { " with changes not yet committed" };
        let processors = std::thread::available_parallelism().map_or(1, NonZero::get);
        let path = root.join("docs/soak.md");
        let before = std::fs::read_to_string(&path).unwrap_or_default();
        let before = before.strip_prefix(TITLE).unwrap_or(&before).to_owned();
        let section = format!(
            "## {date}\n\nCommit `{commit}`{changed}, {processors} processors, profile `release`. `{}`\n\n\
             | Proof | Outcome | What was counted | Took |\n|---|---|---|---|\n",
            options.command()
        );
        Ok(Self { path, section, before })
    }

    fn row(&mut self, name: &str, outcome: &str, results: &[&str], took: Duration) -> Result<()> {
        self.section.push_str(&row(name, outcome, results, took));
        let text = format!("{TITLE}\n{}{}", self.section, self.before);
        std::fs::write(&self.path, text).context("docs/soak.md")
    }
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
        let output = "    Finished\n  Executable tests/http/main.rs (target/release/deps/http-1f3a)\n\
            Executable tests/kill.rs (target/release/deps/kill-22)\n";
        assert_eq!(executable(output, "http"), Some("target/release/deps/http-1f3a"));
        assert_eq!(executable(output, "kill"), Some("target/release/deps/kill-22"));
        assert_eq!(executable(output, "htt"), None);
    }

    #[test]
    fn a_proof_that_said_nothing_is_not_a_row_of_numbers() {
        assert_eq!(
            row("kills", "FAILED", &[], Duration::from_secs(1)),
            "| kills | FAILED | no result | 1.0 s |\n"
        );
    }

    /// Stopped after the first proof, it has the first row; and what stood there before stays below.
    #[test]
    fn each_proof_is_on_paper_when_it_is_done() {
        let root = std::env::temp_dir().join(format!("borgerportal-soak-{}", std::process::id()));
        std::fs::create_dir_all(root.join("docs")).unwrap();
        std::fs::write(root.join("docs/soak.md"), format!("{TITLE}\n## before\n")).unwrap();
        let only = vec!["kills".to_owned(), "withdrawal".to_owned()];
        let options =
            Options { tries: 7, kills: 8, timing: 9, fuzz: 10, failover: 11, crowds: 12, told: 13, only };
        let mut table = Table::begin(&root, &options).unwrap();
        let read = || std::fs::read_to_string(root.join("docs/soak.md")).unwrap();
        table.row("kills", "held", &["8 of 8"], Duration::from_mins(1)).unwrap();
        let first = read();
        table.row("withdrawal", "FAILED", &[], Duration::from_secs(61)).unwrap();
        let second = read();
        std::fs::remove_dir_all(&root).unwrap();
        assert!(first.starts_with(TITLE) && first.ends_with("| 8 of 8 | 60 s |\n\n## before\n"), "{first}");
        assert!(
            first.contains(
                "soak --tries 7 --kills 8 --timing 9 --fuzz 10 --failover 11 --crowds 12 --told 13 \
                 --only kills,withdrawal`"
            ),
            "{first}"
        );
        assert!(second.contains("| 8 of 8 | 60 s |\n| withdrawal | FAILED |"), "{second}");
        assert_eq!(second.matches("## before").count(), 1);
    }

    #[test]
    fn a_proof_that_is_not_there_is_not_passed_over() {
        let only = vec!["kils".to_owned()];
        let options =
            Options { tries: 1, kills: 1, timing: 1, fuzz: 1, failover: 1, crowds: 1, told: 1, only };
        assert_eq!(run(Path::new("/"), &options).unwrap_err().to_string(), "there is no proof called kils");
    }
}
