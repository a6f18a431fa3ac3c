//! How long what has served its purpose is kept.

use serde::Deserialize;
use std::num::NonZeroU16;

/// Days, at least one. Record, access log and read marks are kept as long as the journal is.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Retention {
    /// Answers of errands, for a second try of the same one.
    pub answer_days: NonZeroU16,
    /// Drafts that nobody has touched.
    pub draft_days: NonZeroU16,
    /// Look-ups of authorities.
    pub lookup_days: NonZeroU16,
    /// Mandates and requests after their end, with what was signed.
    pub mandate_days: NonZeroU16,
    /// Notices and letters at rest.
    pub notice_days: NonZeroU16,
}

impl Default for Retention {
    fn default() -> Self {
        let usual = borgerportal_service::Retention::default();
        let days = |days| NonZeroU16::new(days).unwrap_or(NonZeroU16::MIN);
        Self {
            answer_days: days(usual.answers),
            draft_days: days(usual.drafts),
            lookup_days: days(usual.lookups),
            mandate_days: days(usual.mandates),
            notice_days: days(usual.notices),
        }
    }
}

impl Retention {
    /// As the jobs take it.
    #[must_use]
    pub fn days(&self) -> borgerportal_service::Retention {
        borgerportal_service::Retention {
            answers: self.answer_days.get(),
            drafts: self.draft_days.get(),
            lookups: self.lookup_days.get(),
            mandates: self.mandate_days.get(),
            notices: self.notice_days.get(),
        }
    }
}
