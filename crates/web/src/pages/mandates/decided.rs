//! What an authority has decided about a mandate, as its giver reads it: why in neutral words, until when it is looked at
//! again, how to complain. It refuses to be told to anybody else, and says nothing of health.

use super::MandatePage;
use borgerportal_domain::mandates::{AnnulReason, Decided, SuspendReason};

/// Where people read about guardianship.
const FAMILIERETSHUSET: &str = "https://familieretshuset.dk/";

/// The paragraphs of what was decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// What was decided.
    pub what: &'static str,
    /// Why.
    pub why: &'static str,
    /// Until when it is looked at again, for a pause.
    pub review: Option<String>,
}

impl MandatePage<'_> {
    /// What an authority has decided, in words; nothing when it has not.
    #[must_use]
    pub fn decision(&self) -> Option<Decision> {
        let decided = self.decided?;
        let (what, review) = match decided {
            Decided::Paused { review_on, overdue, .. } => {
                let day = self.frame.lang.day(review_on).to_string();
                let key = if overdue { "decided-review-past" } else { "decided-review" };
                ("decided-paused", Some(self.frame.texts().with(key, &[("date", (&day).into())])))
            }
            Decided::Ended { .. } => ("decided-ended", None),
        };
        Some(Decision { what: self.frame.say(what), why: self.frame.say(why(decided)), review })
    }

    /// The page about guardianship and other help.
    #[must_use]
    pub const fn guardianship(&self) -> &'static str {
        FAMILIERETSHUSET
    }
}

const fn why(decided: Decided) -> &'static str {
    match decided {
        Decided::Paused { reason: SuspendReason::Capacity, .. } => "decided-paused-own-wish",
        Decided::Paused { reason: SuspendReason::Misuse, .. } => "decided-paused-use",
        Decided::Paused { reason: SuspendReason::Evidence, .. } => "decided-paused-signing",
        Decided::Ended { reason: AnnulReason::Capacity } => "decided-ended-own-wish",
        Decided::Ended { reason: AnnulReason::Misuse } => "decided-ended-use",
        Decided::Ended { reason: AnnulReason::Invalid } => "decided-ended-signing",
        Decided::Ended { reason: AnnulReason::Guardianship } => "decided-ended-guardian",
    }
}
