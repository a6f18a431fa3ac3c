//! Types and rules of the municipal record and of mandates: who a person is, who may read or act for
//! whom, what may be shown, when a mandate lives and dies. Everything here is a pure function of its
//! arguments; it refuses to read a clock, a file, a network or a random number, and it never prints.
//!
//! Every rule that a lawyer would ask about is printed by a test into `src/snapshots/`.
#![deny(missing_docs)]

#[macro_use]
mod coded;

pub mod access;
pub mod access_log;
pub mod aids;
pub mod asking;
pub mod attachments;
pub mod calendar;
pub mod conditions;
pub mod cpr;
pub mod documents;
pub mod grants;
pub mod ids;
pub mod items;
pub mod mandates;
pub mod messages;
pub mod municipality;
pub mod news;
pub mod notices;
pub mod outgoing;
pub mod person;
pub mod plans;
pub mod search_text;
pub mod terms;
pub mod time;

pub use cpr::Cpr;
pub use ids::{
    DraftId, ErrandId, EvidenceId, FeedId, ItemId, JournalId, LogId, MandateId, NoticeId, OutgoingId,
    PackageId, PackageVersionId, PersonId, RequestId, SessionId,
};
pub use municipality::MunicipalityCode;
pub use person::{PersonFacts, PersonName};
pub use time::{Date, Timestamp};

#[cfg(test)]
mod law;
