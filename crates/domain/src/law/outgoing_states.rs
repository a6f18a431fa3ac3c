//! The life of what is told to a record system: every state, every event, and what comes of it.

use std::fmt::Write;

use super::settle;
use crate::notices::{MOST_ATTEMPTS, wait_ms};
use crate::outgoing::{Event, Sending, State};

const EVENTS: [(&str, Event); 6] = [
    ("the record system takes it", Event::Taken),
    ("no answer", Event::Failed),
    ("it cannot be taken as it is", Event::Unusable),
    ("Task: received, accepted, in-progress, on-hold, completed, cancelled", Event::Accepted),
    ("Task: rejected, failed", Event::Rejected),
    ("operator: once more", Event::TryAgain),
];

fn cell(before: Sending, event: Event) -> String {
    match before.on(event) {
        Err(_) => "–".to_owned(),
        Ok(after) if after.state == before.state => {
            let minutes = wait_ms(after.attempts, 0) / 60_000;
            format!("try {} of {MOST_ATTEMPTS}, in {minutes} min", after.attempts + 1)
        }
        Ok(after) => format!("**{}**", after.state.code()),
    }
}

fn table(out: &mut String, attempts: u32) {
    let heads = EVENTS.map(|(name, _)| name).join(" | ");
    writeln!(out, "| | {heads} |\n|---{}|", "|---".repeat(EVENTS.len())).unwrap();
    for state in State::ALL {
        let before = Sending { state: *state, attempts };
        let cells = EVENTS.map(|(_, event)| cell(before, event)).join(" | ");
        writeln!(out, "| {} | {cells} |", state.code()).unwrap();
    }
}

#[test]
fn outgoing_events() {
    let mut out = String::from(
        "# What is told to a record system: every state and every event\n\n\
         In bold the new state; – where nothing changes, because the answer came late, twice or too early.\n\n",
    );
    table(&mut out, 0);
    writeln!(out, "\n## After {} tries\n", MOST_ATTEMPTS - 1).unwrap();
    table(&mut out, MOST_ATTEMPTS - 1);
    settle("outgoing_events", "Written by law/outgoing_states.rs. What each event does to it.", &out);
}
