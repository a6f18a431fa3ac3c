//! The addresses of the calendar. A visit is named by its opaque id, a day by its date.

use borgerportal_domain::ids::FeedId;
use borgerportal_domain::{Date, ItemId, JournalId};

/// The week of a day.
#[must_use]
pub fn week(journal: JournalId, day: Date) -> String {
    format!("/p/{journal}/calendar?day={day}")
}

/// One day.
#[must_use]
pub fn day(journal: JournalId, day: Date) -> String {
    format!("/p/{journal}/calendar/day?day={day}")
}

/// What comes, from today or a later day on.
#[must_use]
pub fn list(journal: JournalId, from: Option<Date>) -> String {
    let from = from.map(|day| format!("?day={day}")).unwrap_or_default();
    format!("/p/{journal}/calendar/list{from}")
}

/// What has been, from today or an earlier day back.
#[must_use]
pub fn past(journal: JournalId, from: Option<Date>) -> String {
    let from = from.map(|day| format!("&day={day}")).unwrap_or_default();
    format!("/p/{journal}/calendar/list?past=1{from}")
}

/// One visit.
#[must_use]
pub fn visit(journal: JournalId, item: ItemId) -> String {
    format!("/p/{journal}/calendar/visits/{item}")
}

/// A visit, to somebody who wanted to call it off and cannot.
#[must_use]
pub fn visit_tried(journal: JournalId, item: ItemId) -> String {
    format!("{}?tried=1", visit(journal, item))
}

/// Calling it off (GET and POST).
#[must_use]
pub fn cancellation(journal: JournalId, item: ItemId) -> String {
    format!("{}/cancellation", visit(journal, item))
}

/// Thinking better of it (POST).
#[must_use]
pub fn undo(journal: JournalId, item: ItemId) -> String {
    format!("{}/undo", visit(journal, item))
}

/// What was done last.
#[must_use]
pub fn receipt(journal: JournalId, item: ItemId) -> String {
    format!("{}/receipt", visit(journal, item))
}

/// The page about other calendar programs; making an address (POST).
#[must_use]
pub fn feeds(journal: JournalId) -> String {
    format!("/p/{journal}/calendar/feeds")
}

/// Turning an address off (POST).
#[must_use]
pub fn shut(journal: JournalId, feed: FeedId) -> String {
    format!("/p/{journal}/calendar/feeds/{feed}/revocation")
}

/// The calendar as a file; with the words of what a visit is for, or without.
#[must_use]
pub fn file(journal: JournalId, words: bool) -> String {
    let words = if words { "?words=1" } else { "" };
    format!("/p/{journal}/calendar/file{words}")
}

/// What a calendar program knocks at: whoever has it reads.
#[must_use]
pub fn feed(address: &str) -> String {
    format!("/kalender/{address}.ics")
}
