//! The pages of messages: the list, the questions before one is sent, its receipt, and a thread. They are given what may
//! be shown and to whom it goes; what somebody wrote stands in the fields as it was written.

mod hours;
mod list;
mod steps;
mod thread;

pub use hours::{closed_until, hours_words};
pub use list::{DraftRow, ListPage, Mark, ThreadRow};
pub use steps::{At, CheckPage, DepartmentPage, DepartmentRow, FileRow, FilesPage, To, WritePage};
pub use thread::{By, ReceiptPage, Said, ThreadPage, Way, by};

use super::Frame;
use borgerportal_domain::messages::Kind;

/// What a kind of message is called.
#[must_use]
pub fn kind_words(frame: &Frame<'_>, kind: Kind) -> &'static str {
    frame.say(match kind {
        Kind::Question => "message-kind-question",
        Kind::Remark => "message-kind-remark",
        Kind::Correction => "message-kind-correction",
        Kind::AccessRequest => "message-kind-access",
        Kind::Complaint => "message-kind-complaint",
    })
}

/// What a ready-made kind does, in a few sentences.
fn kind_says(frame: &Frame<'_>, kind: Kind) -> Option<&'static str> {
    Some(frame.say(match kind {
        Kind::Question => return None,
        Kind::Remark => "message-says-remark",
        Kind::Correction => "message-says-correction",
        Kind::AccessRequest => "message-says-access",
        Kind::Complaint => "message-says-complaint",
    }))
}
