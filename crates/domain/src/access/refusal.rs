//! Why somebody may not. A refusal is data: its code is stable and names the sentence the citizen reads, and
//! it says whether that sentence may be shown at all. What may not be shown must look exactly like
//! something that does not exist.

use crate::time::{Date, Timestamp};

coded_enum! {
    /// The stable name of a refusal, in the log and as the key of its sentence.
    pub enum RefusalCode {
        /// Nothing connects the two, or there is nothing.
        NoRelation = "access.no_relation",
        /// The login was too weak.
        LevelTooLow = "access.level.too_low",
        /// The person asking is registered as dead.
        ActorDead = "access.actor.deceased",
        /// Under 15: no own access.
        TooYoung = "access.own.too_young",
        /// The subject has died.
        SubjectDead = "access.subject.deceased",
        /// Shut out by the municipality.
        Blocked = "access.blocked",
        /// The custody register could not be asked for too long. Temporary.
        CustodyStale = "access.custody.stale",
        /// Custody has ended.
        CustodyOver = "access.custody.over",
        /// The child is 18.
        ChildOfAge = "access.custody.child_of_age",
        /// The municipality shows parents nothing of a young person.
        YouthClosed = "access.custody.youth_closed",
        /// The guardianship covers money only.
        GuardianshipScope = "access.guardianship.scope",
        /// The guardianship has ended.
        GuardianshipOver = "access.guardianship.over",
        /// The mandate starts later.
        MandatePlanned = "access.mandate.planned",
        /// The mandate's end date has passed.
        MandateExpired = "access.mandate.expired",
        /// The giver took it back.
        MandateWithdrawn = "access.mandate.withdrawn",
        /// The holder gave it up.
        MandateRenounced = "access.mandate.renounced",
        /// An authority ended it.
        MandateAnnulled = "access.mandate.annulled",
        /// An authority paused it.
        MandateSuspended = "access.mandate.suspended",
        /// A newer mandate took over.
        MandateSuperseded = "access.mandate.superseded",
        /// It is for contact with caseworkers, not for the portal.
        ContactOnly = "access.mandate.contact_only",
        /// The municipality does not use this package.
        PackageInactive = "access.mandate.package_inactive",
        /// The municipality takes mandates from elsewhere.
        SourceNotUsed = "access.mandate.source_not_used",
        /// The claim ended half an hour after login.
        ClaimOver = "access.claim.over",
        /// Covered for reading only.
        ReadOnly = "access.mandate.read_only",
        /// Not covered.
        NotCovered = "access.mandate.not_covered",
        /// For the subject alone.
        SubjectOnly = "access.subject_only",
        /// The journal is inactive.
        JournalInactive = "access.journal.inactive",
        /// The journal is inactive and can only be read.
        JournalReadOnly = "access.journal.read_only",
        /// A fresh login is needed first.
        FreshLoginNeeded = "access.fresh_login_needed",
    }
}

impl RefusalCode {
    /// Whether the person may be told. If not, answer exactly as if nothing were there.
    #[must_use]
    pub const fn reveals(self) -> bool {
        !matches!(self, Self::NoRelation)
    }
}

/// Why not, with what the sentence needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refusal {
    code: RefusalCode,
    when: When,
}

/// The day or instant a refusal is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum When {
    Nothing,
    Day(Date),
    Instant(Timestamp),
}

impl Refusal {
    /// Nothing connects the two, or there is nothing. Also the answer for a journal that does not exist.
    pub const NO_RELATION: Self = Self::new(RefusalCode::NoRelation);

    /// A refusal that needs no date.
    #[must_use]
    pub const fn new(code: RefusalCode) -> Self {
        Self { code, when: When::Nothing }
    }

    /// A refusal about a day: the 18th birthday, the last day of custody.
    #[must_use]
    pub const fn on(code: RefusalCode, day: Date) -> Self {
        Self { code, when: When::Day(day) }
    }

    /// A refusal about an instant: when a mandate ended or will start.
    #[must_use]
    pub const fn at(code: RefusalCode, at: Timestamp) -> Self {
        Self { code, when: When::Instant(at) }
    }

    /// Its name, for matching.
    #[must_use]
    pub const fn kind(&self) -> RefusalCode {
        self.code
    }

    /// The stable code, such as `access.mandate.expired`.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        self.code.code()
    }

    /// Whether the person may be told. If not, answer exactly as if nothing were there.
    #[must_use]
    pub const fn reveals(&self) -> bool {
        self.code.reveals()
    }

    /// The day in Denmark that the sentence names, if it names one.
    #[must_use]
    pub fn day(&self) -> Option<Date> {
        match self.when {
            When::Nothing => None,
            When::Day(day) => Some(day),
            When::Instant(at) => Some(crate::time::copenhagen_date(at)),
        }
    }

    /// The instant the refusal is about, if it is about one.
    #[must_use]
    pub const fn instant(&self) -> Option<Timestamp> {
        match self.when {
            When::Instant(at) => Some(at),
            When::Nothing | When::Day(_) => None,
        }
    }

    /// The more telling of two refusals: the one closer to yes. "You may only read" helps more than "an
    /// older mandate expired". Of two equal ones the later instant.
    #[must_use]
    pub(super) fn closer(self, other: Self) -> Self {
        let rank = |one: &Self| (closeness(one.code), one.instant());
        if rank(&other) > rank(&self) { other } else { self }
    }
}

impl std::fmt::Display for Refusal {
    /// The code. Sentences for people live in the catalogue of texts.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.code())
    }
}

impl std::error::Error for Refusal {}

/// How near to yes a refusal of one basis was; decides which of several is told.
const fn closeness(code: RefusalCode) -> u8 {
    match code {
        RefusalCode::NoRelation => 0,
        RefusalCode::SourceNotUsed => 1,
        RefusalCode::ContactOnly => 2,
        RefusalCode::MandateSuperseded => 3,
        RefusalCode::MandateRenounced
        | RefusalCode::MandateAnnulled
        | RefusalCode::MandateWithdrawn
        | RefusalCode::MandateExpired
        | RefusalCode::GuardianshipOver
        | RefusalCode::CustodyOver
        | RefusalCode::ClaimOver => 4,
        RefusalCode::GuardianshipScope | RefusalCode::PackageInactive => 5,
        RefusalCode::ChildOfAge | RefusalCode::YouthClosed => 6,
        RefusalCode::MandatePlanned => 7,
        RefusalCode::MandateSuspended => 8,
        RefusalCode::CustodyStale => 9,
        RefusalCode::NotCovered => 10,
        RefusalCode::ReadOnly => 11,
        RefusalCode::LevelTooLow
        | RefusalCode::ActorDead
        | RefusalCode::TooYoung
        | RefusalCode::SubjectDead
        | RefusalCode::Blocked
        | RefusalCode::SubjectOnly
        | RefusalCode::JournalInactive
        | RefusalCode::JournalReadOnly
        | RefusalCode::FreshLoginNeeded => 12,
    }
}
