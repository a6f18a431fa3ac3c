//! Why an errand did not go as asked: eight reasons and no more. Each door (page, FHIR, problem details) has
//! one mapping from these to what it says.

use borgerportal_domain::access::Refusal;
use borgerportal_domain::aids::{ApplyRefusal, AskRefusal as AidAskRefusal};
use borgerportal_domain::attachments::AttachmentRefusal;
use borgerportal_domain::calendar::{CancelRefusal, FeedRefusal};
use borgerportal_domain::mandates::{
    AskRefusal, DraftRefusal, GiveRefusal, MandateRefusal, RequestRefusal, SignRefusal,
};
use borgerportal_domain::messages::MessageRefusal;
use borgerportal_domain::news::NewsRefusal;
use borgerportal_store::{Conflict, Retry, StoreError, Unknown};

/// What became of an errand that was not done.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    /// There is nothing, or nothing that this person may know of. Both look the same.
    #[error("not found")]
    NotFound,
    /// Not allowed, and the person may know why. Holds the subject's full name, for the sentence.
    #[error("refused: {0}")]
    Refused(Refusal, String),
    /// A rule about what was asked for says no, and nothing was done. The code is the key of the sentence.
    #[error("denied: {0}")]
    Denied(&'static str),
    /// Nobody is signed in, or no longer.
    #[error("no session")]
    NoSession,
    /// The custody register must be asked before this can be decided.
    #[error("the register must be asked")]
    AskRegister,
    /// Somebody else was first, or the form is old.
    #[error("stale")]
    Stale,
    /// A partner or the database cannot be reached now.
    #[error("away: {0}")]
    Away(&'static str),
    /// Our fault.
    #[error("broken: {0}")]
    Broken(StoreError),
}

/// The room's own reasons, each with a code.
macro_rules! denied {
    ($($refusal:ty),+ $(,)?) => {$(
        impl From<$refusal> for Problem {
            fn from(refusal: $refusal) -> Self {
                Self::Denied(refusal.code())
            }
        }
    )+};
}

denied!(
    AidAskRefusal,
    ApplyRefusal,
    AskRefusal,
    AttachmentRefusal,
    CancelRefusal,
    DraftRefusal,
    FeedRefusal,
    GiveRefusal,
    MandateRefusal,
    MessageRefusal,
    NewsRefusal,
    RequestRefusal,
    SignRefusal
);

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        if matches!(error, StoreError::Conflict(Conflict::Taken | Conflict::Changed)) {
            Self::Stale
        } else if matches!(error, StoreError::Away) {
            Self::Away("store")
        } else {
            Self::Broken(error)
        }
    }
}

impl Problem {
    /// Too many wanted the same at once, even after trying again. Nothing is broken: in a moment it goes.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        self.may_rerun()
    }
}

impl Retry for Problem {
    fn may_rerun(&self) -> bool {
        matches!(self, Self::Broken(error) if error.may_rerun())
    }
}

impl Unknown for Problem {
    fn is_unknown(&self) -> bool {
        matches!(self, Self::Broken(error) if error.is_unknown())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn too_many_at_once_is_not_a_fault_of_ours() {
        assert!(Problem::from(StoreError::Conflict(Conflict::Busy)).is_busy());
        assert!(!Problem::from(StoreError::Conflict(Conflict::Changed)).is_busy());
        assert!(!Problem::Away("store").is_busy() && !Problem::NotFound.is_busy());
    }
}
