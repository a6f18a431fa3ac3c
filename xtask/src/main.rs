//! The project's own tools, run as `cargo run -p xtask -- <command>`. What a script would do in fifty
//! lines of shell stands here, with types and tests. It is never part of the product, and it refuses
//! to hold anything the product needs at run time.

mod assets;
mod generate;
mod postgres;
mod say;
mod soak;
mod testing;
mod tidy;
mod tour;

use anyhow::{Context, Result, bail};
use clap::{Parser, Subcommand};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

#[derive(Parser)]
#[command(name = "xtask", about = "The tools of Borgerportal", disable_help_subcommand = true)]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Build the style sheet, fonts, icons and script into assets/dist (nothing when nothing changed)
    Assets,
    /// Check the invariants of ARCHITECTURE.md
    Tidy {
        /// The checkout to look at; this one when left out
        #[arg(long)]
        root: Option<PathBuf>,
    },
    /// Everything: format, lints, invariants, tests on both engines, documentation tests, stories
    Test(testing::Options),
    /// The large proofs; writes docs/soak.md
    Soak(soak::Options),
    /// Make people, mandates and records of any size
    Generate(generate::Options),
    /// Start a throw-away PostgreSQL and keep it until Ctrl-C
    Postgres(postgres::Options),
    /// Walk the demo in a browser, and write docs/tour.md and docs/screens
    Tour(tour::Options),
    /// Work on the SQL texts
    #[command(subcommand)]
    Sql(Sql),
    /// Say how many packages the program is made of
    Packages,
}

#[derive(Subcommand)]
enum Sql {
    /// Prepare every statement on both engines and compare with the recorded columns
    Check,
}

fn main() -> ExitCode {
    match run(Arguments::parse().task) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            say::progress(format!("\nerror: {error:#}"));
            ExitCode::FAILURE
        }
    }
}

/// Does the task; `false` when it has said itself what failed.
fn run(task: Task) -> Result<bool> {
    let root = root()?;
    match task {
        Task::Assets => {
            let built = assets::build(&root)?;
            say::line(if built { "assets: built" } else { "assets: nothing changed" });
        }
        Task::Tidy { root: other } => tidy::run(other.as_deref().unwrap_or(&root))?,
        Task::Test(options) => return testing::run(&root, &options),
        Task::Soak(options) => return soak::run(&root, &options),
        Task::Generate(options) => generate::run(&root, &options)?,
        Task::Postgres(options) => postgres::serve(&options)?,
        Task::Tour(options) => return tour::run(&root, &options),
        Task::Sql(Sql::Check) => sql_check(&root)?,
        Task::Packages => say::line(format!("{} packages", tidy::count_packages(&root)?)),
    }
    Ok(true)
}

/// The checkout this tool was built from.
fn root() -> Result<PathBuf> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    Ok(here.parent().context("xtask lies in the checkout")?.to_path_buf())
}

fn sql_check(root: &Path) -> Result<()> {
    let server = postgres::Cluster::start(&postgres::Options::default())?;
    let status = Command::new(testing::cargo())
        .args(["nextest", "run", "-p", "borgerportal-store", "-E", "test(sql_check)"])
        .env(postgres::URL_VARIABLE, server.url())
        .env(postgres::AUTHORITY_VARIABLE, server.authority())
        .current_dir(root)
        .status()
        .context("cargo nextest")?;
    if !status.success() {
        bail!("the SQL texts are not as recorded");
    }
    Ok(())
}
