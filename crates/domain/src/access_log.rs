//! The line that every read and every act leaves behind: who, for whom, on which basis, what, when, and how
//! it ended. A line never holds search words, titles, names or CPR numbers. It refuses writing, hashing and
//! signing: the text that is committed to is the store's.

use crate::access::{BasisKind, Privilege, RefusalCode, Role};
use crate::asking::Asking;
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
        /// The whole record, to take away.
        Export = "export",
        /// The access log.
        AccessLog = "access_log",
        /// Mandates and requests.
        Mandates = "mandates",
        /// Whether somebody represents the person, asked by a caseworker's system. No person stands in such a line:
        /// its actor is [`LogLine::NOBODY`], [`LogLine::asked`] says which system, and its item names the decision.
        LookUp = "mandate_lookup",
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

impl Outcome {
    /// The stable code: `shown`, `done`, or the code of the refusal.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Shown => "shown",
            Self::Done => "done",
            Self::Refused(code) => code.code(),
        }
    }

    /// Reads a stored code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        match code {
            "shown" => Some(Self::Shown),
            "done" => Some(Self::Done),
            other => RefusalCode::from_code(other).map(Self::Refused),
        }
    }
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

impl LogObject {
    /// One whole page, without a filter.
    #[must_use]
    pub const fn page(kind: ObjectKind) -> Self {
        Self { kind, item: None, filters: Vec::new() }
    }

    /// One thing.
    #[must_use]
    pub const fn one(kind: ObjectKind, item: ItemId) -> Self {
        Self { kind, item: Some(item), filters: Vec::new() }
    }

    /// A list with its kinds of filter.
    #[must_use]
    pub const fn list(kind: ObjectKind, filters: Vec<FilterKind>) -> Self {
        Self { kind, item: None, filters }
    }
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
    /// The journal asked for, also when there is none of that name; of what a system asked about a person without a
    /// journal here [`LogLine::NO_JOURNAL`].
    pub journal: JournalId,
    /// Whose it is; nothing when there is no such journal.
    pub subject: Option<PersonId>,
    /// Who asked.
    pub actor: PersonId,
    /// As what they acted, by the basis; of a refusal, the door they came in by. Says nothing where a system asked.
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
    /// Which system asked, what for and what it was told, where it was one.
    pub asked: Option<Asking>,
}

impl LogLine {
    /// Where a system asks about a person, and not about a journal.
    pub const NO_JOURNAL: JournalId = JournalId::from_bytes([0; 16]);

    /// The actor of what a system did for the municipality of the line.
    pub const NOBODY: PersonId = PersonId::from_bytes([0; 16]);

    /// Whether this person sees the line under "Hvem har set mine data".
    ///
    /// The subject sees everything that was shown or done, and every refusal that was told to somebody who
    /// has, or had, something to do with them. A helper sees their own acts only. Refusals of the person's
    /// own login (too weak, not fresh) are nobody's news.
    #[must_use]
    pub fn is_seen_by(&self, viewer: PersonId) -> bool {
        let happened = match self.outcome {
            Outcome::Shown | Outcome::Done => true,
            Outcome::Refused(RefusalCode::LevelTooLow | RefusalCode::FreshLoginNeeded) => false,
            Outcome::Refused(code) => code.reveals(),
        };
        happened && (self.subject == Some(viewer) || self.actor == viewer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SUBJECT: PersonId = PersonId::from_bytes([1; 16]);
    const HELPER: PersonId = PersonId::from_bytes([2; 16]);
    const STRANGER: PersonId = PersonId::from_bytes([3; 16]);

    fn line(actor: PersonId, outcome: Outcome) -> LogLine {
        LogLine {
            id: LogId::from_bytes([9; 16]),
            at: Timestamp::from_millis(0),
            municipality: MunicipalityCode::parse("0217").unwrap(),
            journal: JournalId::from_bytes([8; 16]),
            subject: Some(SUBJECT),
            actor,
            role: Role::Relative,
            basis: None,
            mandate: None,
            privilege: Privilege::ReadDocuments,
            object: LogObject::page(ObjectKind::DocumentList),
            outcome,
            asked: None,
        }
    }

    #[test]
    fn the_subject_sees_what_was_shown_done_or_told() {
        let seen = |outcome| line(HELPER, outcome).is_seen_by(SUBJECT);
        assert!(seen(Outcome::Shown) && seen(Outcome::Done));
        assert!(seen(Outcome::Refused(RefusalCode::MandateExpired)));
        assert!(!seen(Outcome::Refused(RefusalCode::NoRelation)), "a stranger who guessed learns nothing");
        assert!(!seen(Outcome::Refused(RefusalCode::LevelTooLow)));
    }

    #[test]
    fn a_helper_sees_only_their_own_acts() {
        assert!(line(HELPER, Outcome::Shown).is_seen_by(HELPER));
        assert!(!line(STRANGER, Outcome::Shown).is_seen_by(HELPER));
    }

    #[test]
    fn outcomes_lead_back_to_their_code() {
        let refusals = RefusalCode::ALL.iter().map(|code| Outcome::Refused(*code));
        for outcome in refusals.chain([Outcome::Shown, Outcome::Done]) {
            assert_eq!(Outcome::from_code(outcome.code()), Some(outcome));
        }
        assert_eq!(Outcome::from_code("other"), None);
    }
}
