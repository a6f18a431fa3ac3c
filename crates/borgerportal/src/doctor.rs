//! What is wrong with an installation, in plain words, and what to do. It looks at each part even when another
//! is broken, changes nothing, and refuses to say that all is well about something it could not look at.

mod news;
mod outside;
mod place;
mod post;
mod record_systems;

use crate::commands::runtime;
use crate::config::read;
use crate::{installation, key_file, municipal, say};
use borgerportal_domain::Timestamp;
use borgerportal_service::Problem;
use borgerportal_store::tx::Tx;
use borgerportal_store::{Store, StoreError};
use std::path::Path;
use std::process::ExitCode;

/// How it stands with one part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// As it should be.
    Well,
    /// Works, but somebody should look.
    Look,
    /// Does not work.
    Wrong,
}

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// How it stands.
    pub state: State,
    /// Which part.
    pub part: &'static str,
    /// What was found.
    pub what: String,
    /// What to do; empty when all is well.
    pub cure: String,
}

impl Finding {
    fn well(part: &'static str, what: impl Into<String>) -> Self {
        Self { state: State::Well, part, what: what.into(), cure: String::new() }
    }

    fn look(part: &'static str, what: impl Into<String>, cure: impl Into<String>) -> Self {
        Self { state: State::Look, part, what: what.into(), cure: cure.into() }
    }

    fn wrong(part: &'static str, what: impl Into<String>, cure: impl Into<String>) -> Self {
        Self { state: State::Wrong, part, what: what.into(), cure: cure.into() }
    }
}

/// Judges of what waits on one of the ways out, by the database. `judge` is also told when it was asked.
fn waiting<Q: Send + 'static>(
    (part, store): (&'static str, &Store),
    queue: fn(&Tx<'_>) -> Result<Q, StoreError>,
    judge: impl FnOnce(&Q, Timestamp) -> Finding,
) -> Finding {
    let now = installation::now();
    let read = store.read(now, queue);
    match runtime().map(|runtime| runtime.block_on(read)) {
        Ok(Ok(queue)) => judge(&queue, now),
        Ok(Err(error)) => Finding::wrong(part, Problem::from(error).to_string(), "look at the database"),
        Err(error) => Finding::wrong(part, format!("{error:#}"), "look at this machine"),
    }
}

/// Seconds that something has waited.
fn age_s(since: Option<Timestamp>, now: Timestamp) -> i64 {
    since.map_or(0, |since| now.millis_since(since) / 1000)
}

/// Examines and says. Fails when something is wrong.
#[must_use]
pub fn run(config: &Path) -> ExitCode {
    let findings = examine(config);
    for finding in &findings {
        let mark = match finding.state {
            State::Well => "ok    ",
            State::Look => "LOOK  ",
            State::Wrong => "WRONG ",
        };
        say::line(format!("{mark} {:<13} {}", finding.part, finding.what));
        if !finding.cure.is_empty() {
            say::line(format!("       {:<13} → {}", "", finding.cure));
        }
    }
    let wrong = findings.iter().filter(|finding| finding.state == State::Wrong).count();
    if wrong == 0 {
        say::line("Nothing is wrong.");
        return ExitCode::SUCCESS;
    }
    say::line(format!("{wrong} wrong."));
    ExitCode::FAILURE
}

/// Looks at every part.
#[must_use]
pub fn examine(file: &Path) -> Vec<Finding> {
    let config = match read(file) {
        Ok(config) => config,
        Err(error) => {
            let cure = "mend that line; config.example.toml explains every key";
            return vec![Finding::wrong("configuration", error.to_string(), cure)];
        }
    };
    let mut findings = vec![
        Finding::well("configuration", file.display().to_string()),
        municipalities(&config.municipalities.folder),
        keys(&config.keys.file),
    ];
    findings.extend(place::secrets(&config));
    findings.extend(place::tls(&config));
    findings.push(place::files(&config.files.folder));
    findings.extend(place::database(&config));
    findings.push(post::set_up(&config));
    findings.push(news::set_up(&config));
    findings.push(record_systems::set_up(&config));
    findings.extend(outside::partners(&config));
    findings
}

fn municipalities(folder: &Path) -> Finding {
    match municipal::read(folder) {
        Ok(places) => {
            let names: Vec<String> =
                places.all().map(borgerportal_domain::municipality::Settings::name).collect();
            Finding::well("municipalities", names.join(", "))
        }
        Err(error) => {
            Finding::wrong("municipalities", error.to_string(), "mend or add the file; see configure.md")
        }
    }
}

fn keys(file: &Path) -> Finding {
    let name = file.display();
    if let Err(error) = key_file::read(file) {
        let cure = "put the installation's key file there (never a new one beside old data), or make the first one \
                    with `borgerportal keys init`";
        return Finding::wrong("keys", error.to_string(), cure);
    }
    open_to_others("keys", file).unwrap_or_else(|| Finding::well("keys", name.to_string()))
}

/// A secret that others on this machine can read.
fn open_to_others(part: &'static str, file: &Path) -> Option<Finding> {
    let mode = key_file::too_open(file).ok().filter(|mode| *mode != 0)?;
    let name = file.display();
    Some(Finding::wrong(
        part,
        format!("{name} is open to others than its owner (…{mode:02o})"),
        format!("chmod 600 {name}"),
    ))
}
