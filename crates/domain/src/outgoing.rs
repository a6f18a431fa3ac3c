//! What leaves for the municipality's record system: cancelled visits, messages, applications. Which kinds there are,
//! what happens to one on its way, and what the record system may answer. It refuses to know what they say and how
//! they travel. When a try is repeated is told by [`crate::notices::wait_ms`], as for every other way out.

#[cfg(test)]
mod tests;

use crate::notices::{Ignored, MOST_ATTEMPTS};
use crate::time::Timestamp;

coded_enum!(
    /// What the record system is told.
    pub enum OutgoingKind {
        /// Somebody cancelled a visit.
        Cancellation = "cancellation",
        /// Somebody took a cancellation back in time.
        CancellationUndone = "cancellation_undone",
        /// Somebody wrote to a department.
        Message = "message",
        /// Somebody applied for an aid.
        Application = "application",
        /// Somebody took an application back.
        Withdrawal = "withdrawal",
        /// Somebody asks to have an aid on loan repaired or picked up.
        AidRequest = "aid_request",
    }
);

coded_enum!(
    /// Where it is.
    pub enum State {
        /// Waits to be sent.
        Waiting = "waiting",
        /// The record system has it.
        Delivered = "delivered",
        /// The record system said no to what was asked.
        Refused = "refused",
        /// The record system never took it: a person must look.
        GivenUp = "given_up",
    }
);

/// Where it is, since when, and why: what a page says of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OutgoingState {
    /// Waits to be sent, or for the record system to answer again.
    Waiting,
    /// The record system has it.
    Delivered {
        /// Since when.
        at: Timestamp,
    },
    /// The record system said no to what was asked.
    Refused {
        /// When.
        at: Timestamp,
        /// Its code; empty when it gave none.
        reason: String,
    },
    /// The record system never took it: a person must look.
    GivenUp {
        /// Since when.
        at: Timestamp,
    },
}

impl OutgoingState {
    /// Whether the record system has it and has not said no.
    #[must_use]
    pub const fn is_delivered(&self) -> bool {
        matches!(self, Self::Delivered { .. })
    }
}

/// What happened to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// The record system took it.
    Taken,
    /// No answer, or none that says what became of it. Trying again helps.
    Failed,
    /// It was read and cannot be taken as it is; nor could it be next time.
    Unusable,
    /// An answer that is no refusal: it is there, whatever became of our own call.
    Accepted,
    /// An answer that is a refusal.
    Rejected,
    /// An operator says: once more.
    TryAgain,
}

/// One of them on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sending {
    /// Where it is.
    pub state: State,
    /// Tries since it came to wait.
    pub attempts: u32,
}

impl Sending {
    /// To be sent.
    pub const NEW: Self = Self { state: State::Waiting, attempts: 0 };

    /// What comes of an event. Answers may be faster than the call they answer, come twice and late; what changes
    /// nothing is said to be ignored. Only an answer takes back a refusal: answers come in their sender's order.
    pub fn on(self, event: Event) -> Result<Self, Ignored> {
        let at = |state| Ok(Self { state, attempts: 0 });
        match (self.state, event) {
            (State::Waiting | State::GivenUp, Event::Taken | Event::Accepted)
            | (State::Refused, Event::Accepted) => at(State::Delivered),
            (State::Waiting | State::Delivered | State::GivenUp, Event::Rejected) => at(State::Refused),
            (State::Waiting, Event::Failed) => {
                let attempts = self.attempts + 1;
                if attempts >= MOST_ATTEMPTS { at(State::GivenUp) } else { Ok(Self { attempts, ..self }) }
            }
            (State::Waiting, Event::Unusable) => at(State::GivenUp),
            (State::GivenUp, Event::TryAgain) => at(State::Waiting),
            (State::Waiting, Event::TryAgain)
            | (State::GivenUp, Event::Failed | Event::Unusable)
            | (
                State::Delivered,
                Event::Taken | Event::Failed | Event::Unusable | Event::Accepted | Event::TryAgain,
            )
            | (
                State::Refused,
                Event::Taken | Event::Failed | Event::Unusable | Event::Rejected | Event::TryAgain,
            ) => Err(Ignored),
        }
    }
}

coded_enum!(
    /// How far the record system says it has come: the words of FHIR's Task that an answer may use.
    pub enum Progress {
        /// Somebody there has it.
        Received = "received",
        /// They will do it, or have taken note.
        Accepted = "accepted",
        /// They are at it.
        InProgress = "in_progress",
        /// They wait for something, from the citizen perhaps.
        OnHold = "on_hold",
        /// It is done.
        Completed = "completed",
        /// They say no.
        Rejected = "rejected",
        /// It could not be done.
        Failed = "failed",
        /// It was taken back.
        Cancelled = "cancelled",
    }
);

impl Progress {
    /// From `Task.status`. What a Task is before anybody has looked at it (`requested`, `ready`) is no answer.
    #[must_use]
    pub fn of_task(status: &str) -> Option<Self> {
        match status {
            "in-progress" => Some(Self::InProgress),
            "on-hold" => Some(Self::OnHold),
            other => Self::from_code(other).filter(|_| !other.contains('_')),
        }
    }

    /// What it means for the one that was sent.
    #[must_use]
    pub const fn event(self) -> Event {
        match self {
            Self::Rejected | Self::Failed => Event::Rejected,
            Self::Received
            | Self::Accepted
            | Self::InProgress
            | Self::OnHold
            | Self::Completed
            | Self::Cancelled => Event::Accepted,
        }
    }
}
