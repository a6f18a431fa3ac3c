//! The few municipal decisions that access and visibility rules need, small enough to copy. It refuses
//! everything that only decides how a page looks; that stays in [`super::Settings`].

use crate::time::Date;

coded_enum! {
    /// What custody holders see of a young person of 15, 16 or 17.
    pub enum YouthPolicy {
        /// Everything that is not withheld item by item.
        Full = "full",
        /// The rest after sensitive kinds have been taken away. The default.
        Filtered = "filtered",
        /// Nothing in the portal. Access to documents on request stays open by law.
        None = "none",
    }
}

coded_enum! {
    /// Where mandates come from.
    pub enum MandateSource {
        /// This program's own mandates.
        Own = "own",
        /// The national service; of our own only those registered from paper.
        NemLogin = "nemlogin",
        /// Both.
        Both = "both",
    }
}

impl MandateSource {
    /// Whether mandates given digitally in this program count.
    #[must_use]
    pub const fn takes_own(self) -> bool {
        matches!(self, Self::Own | Self::Both)
    }

    /// Whether claims from the national service count.
    #[must_use]
    pub const fn takes_claims(self) -> bool {
        matches!(self, Self::NemLogin | Self::Both)
    }
}

/// What remains of a journal when the municipality no longer helps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(tag = "mode", rename_all = "snake_case", deny_unknown_fields)]
pub enum InactiveJournal {
    /// Nothing but a page that says why and whom to call. The default.
    #[default]
    Locked,
    /// Everything can be read for so many months, nothing done.
    ReadOnly {
        /// Months after the journal became inactive.
        months: u8,
    },
    /// Letters and decisions can be read, nothing done.
    LettersOnly,
}

/// What of an inactive journal can be read, and nothing done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Left {
    /// All of it.
    Everything,
    /// Letters and decisions.
    Letters,
    /// Nothing but what the law keeps open.
    Nothing,
}

impl InactiveJournal {
    /// What is left today of a journal that has been inactive since that day.
    #[must_use]
    pub fn left(self, since: Date, today: Date) -> Left {
        match self {
            Self::LettersOnly => Left::Letters,
            Self::ReadOnly { .. } | Self::Locked => match self.readable_until(since) {
                Some(end) if today <= end => Left::Everything,
                Some(_) | None => Left::Nothing,
            },
        }
    }

    /// The last day on which everything can be read, where there is such a time.
    #[must_use]
    pub fn readable_until(self, since: Date) -> Option<Date> {
        match self {
            Self::ReadOnly { months } => {
                Some(since.saturating_add(jiff::Span::new().months(i32::from(months))))
            }
            Self::Locked | Self::LettersOnly => None,
        }
    }
}

/// What access and visibility rules need from a municipality's settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Policy {
    /// Parents and young people of 15–17.
    pub youth: YouthPolicy,
    /// Journals without active help.
    pub inactive: InactiveJournal,
    /// Which mandates count.
    pub mandate_source: MandateSource,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            youth: YouthPolicy::Filtered,
            inactive: InactiveJournal::Locked,
            mandate_source: MandateSource::Own,
        }
    }
}
