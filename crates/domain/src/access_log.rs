//! The line that every read and every act leaves behind: who, for whom, on which basis, what, when, and how
//! it ended. A line never holds search words, titles, names or CPR numbers. It refuses hashing and signing;
//! it only gives the bytes that the store seals.

use crate::access::{BasisKind, Privilege, RefusalCode, Role};
use crate::ids::{ItemId, JournalId, LogId, MandateId, PersonId};
use crate::municipality::MunicipalityCode;
use crate::time::Timestamp;

coded_enum! {
    /// What was looked at or changed.
    pub enum ObjectKind {
        /// The front page.
        FrontPage = "front_page",
        /// A list of documents.
        DocumentList = "document_list",
        /// A search in documents. The words are never logged.
        DocumentSearch = "document_search",
        /// One document.
        Document = "document",
        /// The file of a document.
        DocumentFile = "document_file",
        /// Conditions.
        Conditions = "conditions",
        /// Action plans.
        Plans = "plans",
        /// Aids and loans.
        Aids = "aids",
        /// The calendar.
        Calendar = "calendar",
        /// A visit.
        Visit = "visit",
        /// Messages.
        Messages = "messages",
        /// Grants.
        Grants = "grants",
        /// The access log.
        AccessLog = "access_log",
        /// Mandates and requests.
        Mandates = "mandates",
        /// Whatever was asked for when it was refused before it was known.
        Journal = "journal",
    }
}

coded_enum! {
    /// Which kinds of filter were used on a list. Never their values.
    pub enum FilterKind {
        /// By document type.
        Type = "type",
        /// By area.
        Area = "area",
        /// By period.
        Period = "period",
        /// By words.
        Words = "words",
        /// Only unread.
        Unread = "unread",
        /// A later page.
        Page = "page",
    }
}

/// How it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Something was shown.
    Shown,
    /// Something was done.
    Done,
    /// Nothing was shown or done.
    Refused(RefusalCode),
}

/// What a line is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogObject {
    /// What kind of thing.
    pub kind: ObjectKind,
    /// Which one, when it was one.
    pub item: Option<ItemId>,
    /// Which kinds of filter a list had.
    pub filters: Vec<FilterKind>,
}

/// One line of the access log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogLine {
    /// Its name.
    pub id: LogId,
    /// When.
    pub at: Timestamp,
    /// Who owns the journal.
    pub municipality: MunicipalityCode,
    /// The journal asked for, also when there is none of that name.
    pub journal: JournalId,
    /// Whose it is; nothing when there is no such journal.
    pub subject: Option<PersonId>,
    /// Who asked.
    pub actor: PersonId,
    /// As what they came.
    pub role: Role,
    /// On which basis; nothing when refused.
    pub basis: Option<BasisKind>,
    /// By which of our mandates.
    pub mandate: Option<MandateId>,
    /// What was asked for.
    pub privilege: Privilege,
    /// What it was about.
    pub object: LogObject,
    /// How it ended.
    pub outcome: Outcome,
}
