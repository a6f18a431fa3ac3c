//! The addresses of aids, all inside a journal.

use super::aids;
use borgerportal_domain::aids::{AskKind, Step};
use borgerportal_domain::{ItemId, JournalId};

/// A page of the area: `/p/{journal}/aids/{tab}`.
#[must_use]
pub fn tab(journal: JournalId, tab: &str) -> String {
    format!("{}/{tab}", aids(journal))
}

/// One loan.
#[must_use]
pub fn loan(journal: JournalId, item: ItemId) -> String {
    format!("{}/loans/{item}", aids(journal))
}

/// Asking about a loan.
#[must_use]
pub fn ask(journal: JournalId, item: ItemId, kind: AskKind) -> String {
    format!("{}/{}", loan(journal, item), kind.code())
}

/// A draft, without a slash at its end.
#[must_use]
pub fn draft(journal: JournalId, id: ItemId) -> String {
    format!("{}/apply/{id}", aids(journal))
}

/// A step of a draft.
#[must_use]
pub fn step(journal: JournalId, id: ItemId, step: Step) -> String {
    format!("{}/{}", draft(journal, id), step.code())
}

/// An application that was sent.
#[must_use]
pub fn application(journal: JournalId, id: ItemId) -> String {
    format!("{}/applications/{id}", aids(journal))
}
