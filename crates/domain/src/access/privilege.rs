//! What can be asked for. Reading and acting are different privileges throughout: no reading right ever
//! stands in for an acting one. It refuses packages and URIs; those are mapped to privileges as data.

coded_enum! {
    /// One thing a person may be allowed to do with a journal.
    pub enum Privilege {
        /// See the front page: next visits, news, the areas.
        ReadFrontPage = "front_page.read",
        /// Read documents, search them and open their files.
        ReadDocuments = "documents.read",
        /// Read conditions (tilstande).
        ReadConditions = "conditions.read",
        /// Read action plans (handlingsplaner).
        ReadPlans = "plans.read",
        /// Read aids and loans (hjælpemidler).
        ReadAids = "aids.read",
        /// Read the calendar.
        ReadCalendar = "calendar.read",
        /// Read messages.
        ReadMessages = "messages.read",
        /// Read grants (bevillinger).
        ReadGrants = "grants.read",
        /// Apply for aids, ask for repair or pick-up.
        ActAids = "aids.act",
        /// Cancel visits.
        ActCalendar = "calendar.act",
        /// Write messages.
        ActMessages = "messages.act",
        /// See what oneself has done in this journal.
        ReadOwnActs = "access_log.own_acts",
        /// See who has seen the data. The subject alone.
        ReadAccessLog = "access_log.read",
        /// See mandates and requests. The subject alone.
        ReadMandates = "mandates.read",
        /// Take back a mandate or decline a request. The subject alone; no fresh login, so that a stop is
        /// never held up.
        StopMandates = "mandates.stop",
        /// Give, approve or widen a mandate. The subject alone, after a fresh login.
        ManageMandates = "mandates.manage",
    }
}

impl Privilege {
    /// Whether it changes something.
    #[must_use]
    pub const fn is_act(self) -> bool {
        match self {
            Self::ActAids
            | Self::ActCalendar
            | Self::ActMessages
            | Self::StopMandates
            | Self::ManageMandates => true,
            Self::ReadFrontPage
            | Self::ReadDocuments
            | Self::ReadConditions
            | Self::ReadPlans
            | Self::ReadAids
            | Self::ReadCalendar
            | Self::ReadMessages
            | Self::ReadGrants
            | Self::ReadOwnActs
            | Self::ReadAccessLog
            | Self::ReadMandates => false,
        }
    }

    /// Whether nobody but the subject ever has it.
    #[must_use]
    pub const fn is_subjects_alone(self) -> bool {
        matches!(self, Self::ReadAccessLog | Self::ReadMandates | Self::StopMandates | Self::ManageMandates)
    }

    /// Whether every helper has it who has anything at all.
    #[must_use]
    pub const fn comes_with_any(self) -> bool {
        matches!(self, Self::ReadFrontPage | Self::ReadOwnActs)
    }

    /// The reading half of an acting privilege, to say "you may only read" instead of "not covered".
    #[must_use]
    pub const fn reading_half(self) -> Option<Self> {
        match self {
            Self::ActAids => Some(Self::ReadAids),
            Self::ActCalendar => Some(Self::ReadCalendar),
            Self::ActMessages => Some(Self::ReadMessages),
            Self::ReadFrontPage
            | Self::ReadDocuments
            | Self::ReadConditions
            | Self::ReadPlans
            | Self::ReadAids
            | Self::ReadCalendar
            | Self::ReadMessages
            | Self::ReadGrants
            | Self::ReadOwnActs
            | Self::ReadAccessLog
            | Self::ReadMandates
            | Self::StopMandates
            | Self::ManageMandates => None,
        }
    }

    const fn bit(self) -> u32 {
        1 << (self as u32)
    }
}

/// A set of privileges, as small as a number.
///
/// ```
/// use borgerportal_domain::access::{Privilege, PrivilegeSet};
/// let mine: PrivilegeSet = [Privilege::ReadCalendar, Privilege::ReadAids].into_iter().collect();
/// assert!(mine.contains(Privilege::ReadAids));
/// assert!(!mine.contains(Privilege::ActAids), "reading never permits acting");
/// assert_eq!(PrivilegeSet::from_codes(&mine.codes()), mine);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PrivilegeSet(u32);

impl PrivilegeSet {
    /// Nothing.
    pub const EMPTY: Self = Self(0);

    /// Every privilege a mandate may give for reading.
    #[must_use]
    pub fn all_reading() -> Self {
        Privilege::ALL.iter().copied().filter(|one| !one.is_act() && !one.is_subjects_alone()).collect()
    }

    /// Every privilege a mandate may give, reading and acting.
    #[must_use]
    pub fn all() -> Self {
        Privilege::ALL.iter().copied().filter(|one| !one.is_subjects_alone()).collect()
    }

    /// This set and one more.
    #[must_use]
    pub const fn with(self, privilege: Privilege) -> Self {
        Self(self.0 | privilege.bit())
    }

    /// What is in either.
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// What is in both.
    #[must_use]
    pub const fn intersection(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Whether it is inside.
    #[must_use]
    pub const fn contains(self, privilege: Privilege) -> bool {
        self.0 & privilege.bit() != 0
    }

    /// Whether nothing is inside.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether anything inside changes something.
    #[must_use]
    pub fn may_act(self) -> bool {
        self.iter().any(Privilege::is_act)
    }

    /// What is inside, in listing order.
    pub fn iter(self) -> impl Iterator<Item = Privilege> {
        Privilege::ALL.iter().copied().filter(move |one| self.contains(*one))
    }

    /// The codes with spaces between, for storing. Bits are never stored: their order may change.
    #[must_use]
    pub fn codes(self) -> String {
        self.iter().map(Privilege::code).collect::<Vec<_>>().join(" ")
    }

    /// Reads stored codes. Unknown ones give nothing, so a newer program's rights are not guessed at.
    #[must_use]
    pub fn from_codes(codes: &str) -> Self {
        codes.split_ascii_whitespace().filter_map(Privilege::from_code).collect()
    }
}

impl FromIterator<Privilege> for PrivilegeSet {
    fn from_iter<T: IntoIterator<Item = Privilege>>(privileges: T) -> Self {
        privileges.into_iter().fold(Self::EMPTY, Self::with)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_sets_never_hold_what_is_the_subjects_alone() {
        for one in Privilege::ALL {
            assert_eq!(PrivilegeSet::all().contains(*one), !one.is_subjects_alone(), "{one:?}");
        }
        assert!(!PrivilegeSet::all_reading().may_act());
        assert!(PrivilegeSet::all().may_act());
    }

    #[test]
    fn the_reading_half_reads() {
        for one in Privilege::ALL {
            if let Some(half) = one.reading_half() {
                assert!(one.is_act() && !half.is_act(), "{one:?}");
            }
        }
    }

    #[test]
    fn unknown_codes_give_nothing() {
        assert_eq!(PrivilegeSet::from_codes("documents.read  rocket.launch"), {
            PrivilegeSet::EMPTY.with(Privilege::ReadDocuments)
        });
        assert!(PrivilegeSet::from_codes("").is_empty());
    }
}
