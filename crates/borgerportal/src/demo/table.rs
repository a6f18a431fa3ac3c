//! The people of the demo as a table: for the terminal at every start, and as the page `docs/demo-people.md`.

use super::people::{PEOPLE, Person};
use super::stage::Stage;
use std::fmt::Write as _;

fn with_mitid() -> impl Iterator<Item = &'static Person> {
    PEOPLE.iter().filter(|person| !person.log_in.is_empty())
}

/// What is printed at the start.
#[must_use]
pub fn for_terminal(stage: &Stage) -> String {
    let mut out = String::from("\nThe people of the demo, and what to try as each:\n\n");
    for person in with_mitid() {
        let name = format!("{}, {}", person.name().full(), person.age());
        // Writing to a String does not fail.
        let _ = writeln!(out, "  {name:<24} {}", person.log_in);
        for line in wrap(&person.try_this.replace('`', ""), 90) {
            let _ = writeln!(out, "  {:<24} {line}", "");
        }
    }
    let _ = write!(
        out,
        "\nSimulated MitID at {}, custody register at {}.\nDigital Post and letters of everybody: {}\n\
         A medicine service that asks the portal for mandates: {}\n\n\
         Borgerportal: {}   (stop with Ctrl+C)\n",
        stage.broker_url,
        stage.custody_url,
        stage.post_url,
        stage.medicine_url,
        stage.public_url.as_str().trim_end_matches('/')
    );
    out
}

fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let long = lines.last().map_or(0, |line| line.chars().count());
        if long > 0 && long + 1 + word.chars().count() > width {
            lines.push(String::new());
        }
        if let Some(line) = lines.last_mut() {
            let space = if line.is_empty() { "" } else { " " };
            let _ = write!(line, "{space}{word}");
        }
    }
    lines
}

/// The page for the documentation.
#[must_use]
pub fn markdown() -> String {
    let mut out = String::from(
        "# The people of the demo\n\n\
         Invented, with impossible CPR numbers (day of birth + 60). Choose one from the list of the simulated MitID.\n\
         Written by `borgerportal demo --people`; a test compares this page with the program.\n\n\
         | Person | Age | Log in as | Try |\n|---|---|---|---|\n",
    );
    for person in with_mitid() {
        let _ = writeln!(
            out,
            "| {} | {} | {} | {} |",
            person.name().full(),
            person.age(),
            person.log_in,
            person.try_this
        );
    }
    out
}
