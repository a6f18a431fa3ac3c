//! What an authority has decided about a mandate as it stands: that it is paused or ended, why, and when it must be looked
//! at again. It decides nothing, and who may be told is not its matter.

use super::{AnnulReason, Mandate, Standing, Status, SuspendReason};
use crate::time::{Date, Timestamp, copenhagen_date};

/// What an authority has decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decided {
    /// To pause it.
    Paused {
        /// Why.
        reason: SuspendReason,
        /// The last day on which it must be looked at again.
        review_on: Date,
        /// That day is past, and nobody has decided: the pause goes on.
        overdue: bool,
    },
    /// To end it.
    Ended {
        /// Why.
        reason: AnnulReason,
    },
}

/// The last day on which a pause must be looked at again.
#[must_use]
pub fn review_day(review_by: Timestamp) -> Date {
    copenhagen_date(review_by.plus_millis(-1))
}

impl Mandate {
    /// What makes the whole of it paused or ended now; nothing when it holds, or is over for another reason.
    #[must_use]
    pub fn decided(&self, now: Timestamp) -> Option<Decided> {
        let standing = self.standing(now);
        self.items().iter().find_map(|item| match (standing, item.status) {
            (Standing::Suspended, Status::Suspended { reason, review_by, .. }) => {
                Some(Decided::Paused { reason, review_on: review_day(review_by), overdue: now >= review_by })
            }
            (Standing::Annulled, Status::Annulled { reason, .. }) => Some(Decided::Ended { reason }),
            _ => None,
        })
    }
}
