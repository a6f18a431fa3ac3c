//! Addresses of messages.

use super::messages as list;
use borgerportal_domain::messages::{Kind, Step};
use borgerportal_domain::{ItemId, JournalId};
use std::fmt::Write as _;

/// A later page of the list.
#[must_use]
pub fn page(journal: JournalId, page: usize) -> String {
    if page == 0 { list(journal) } else { format!("{}?page={page}", list(journal)) }
}

/// A new message of a kind, about these things.
#[must_use]
pub fn new(journal: JournalId, kind: Kind, about: &[ItemId]) -> String {
    let mut path = format!("{}/new?kind={}", list(journal), kind.code());
    for item in about {
        // Writing into a String does not fail.
        let _ = write!(path, "&about={item}");
    }
    path
}

/// Where a new one is begun (POST).
#[must_use]
pub fn begin(journal: JournalId) -> String {
    format!("{}/new", list(journal))
}

/// The thread of a message.
#[must_use]
pub fn thread(journal: JournalId, message: ItemId) -> String {
    format!("{}/{message}", list(journal))
}

/// The same as a file.
#[must_use]
pub fn pdf(journal: JournalId, message: ItemId) -> String {
    format!("{}/pdf", thread(journal, message))
}

/// Where an answer is begun (POST).
#[must_use]
pub fn answer(journal: JournalId, message: ItemId) -> String {
    format!("{}/answer", thread(journal, message))
}

/// What was sent.
#[must_use]
pub fn receipt(journal: JournalId, message: ItemId) -> String {
    format!("{}/receipt", thread(journal, message))
}

/// A file of a message, from 0.
#[must_use]
pub fn file(journal: JournalId, message: ItemId, number: usize) -> String {
    format!("{}/files/{number}", thread(journal, message))
}

/// A draft, without a slash at its end.
#[must_use]
pub fn draft(journal: JournalId, draft: ItemId) -> String {
    format!("{}/drafts/{draft}", list(journal))
}

/// A question of a draft.
#[must_use]
pub fn step(journal: JournalId, id: ItemId, step: Step) -> String {
    format!("{}/{}", draft(journal, id), step.code())
}
