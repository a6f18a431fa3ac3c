//! The life of a message on its way: every state, every event, and what comes of it.

use std::fmt::Write;

use super::settle;
use crate::notices::{Event, MOST_ATTEMPTS, Sending, State};

const EVENTS: [(&str, Event); 10] = [
    ("Digital Post takes it", Event::Taken),
    ("not enrolled", Event::NotEnrolled),
    ("no answer", Event::Failed),
    ("refused", Event::Refused),
    ("receipt: delivered", Event::ReceiptDelivered),
    ("receipt: rejected", Event::ReceiptRejected),
    ("letter spooled for print", Event::Spooled),
    ("letter came back", Event::CameBack),
    ("operator: once more", Event::TryAgain),
    ("nobody to tell any more", Event::Drop),
];

fn cell(before: Sending, event: Event) -> String {
    match before.on(event) {
        Err(_) => "–".to_owned(),
        Ok(after) if after.state == before.state => format!("try {} of {MOST_ATTEMPTS}", after.attempts + 1),
        Ok(after) => format!("**{}**", after.state.code()),
    }
}

fn table(out: &mut String, letter_apart: bool, attempts: u32) {
    let heads = EVENTS.map(|(name, _)| name).join(" | ");
    writeln!(out, "| | {heads} |\n|---{}|", "|---".repeat(EVENTS.len())).unwrap();
    for state in State::ALL {
        let before = Sending { state: *state, attempts, letter_apart };
        let cells = EVENTS.map(|(_, event)| cell(before, event)).join(" | ");
        writeln!(out, "| {} | {cells} |", state.code()).unwrap();
    }
}

#[test]
fn notice_events() {
    let mut out = String::from(
        "# The life of a message: every state and every event\n\n\
         In bold the new state; – where nothing changes, because the answer came late, twice or too early.\n\n\
         ## Digital Post, or a letter where that cannot be\n\n",
    );
    table(&mut out, false, 0);
    out.push_str("\n## Digital Post, and a letter that goes by itself\n\n");
    table(&mut out, true, 0);
    writeln!(out, "\n## After {} tries\n", MOST_ATTEMPTS - 1).unwrap();
    table(&mut out, false, MOST_ATTEMPTS - 1);
    settle("notice_events", "Written by law/notice_states.rs. What each event does to a message.", &out);
}
