//! What happens to one message on its way: every state, every event. Answers come late, twice and in the wrong
//! order; an event that changes nothing is said to be ignored, and one that cannot be is the same, so that no
//! partner can take a message back to where it was.

use super::backoff::MOST_ATTEMPTS;

coded_enum!(
    /// Where a message is.
    pub enum State {
        /// Waits to be sent by Digital Post.
        Queued = "queued",
        /// Digital Post has it.
        Accepted = "accepted",
        /// It lies in the person's box: received in the sense of the law.
        Delivered = "delivered",
        /// Digital Post cannot deliver it, and the letter goes by itself.
        Rejected = "rejected",
        /// Digital Post never answered: a person must look.
        GivenUp = "given_up",
        /// Waits to be printed.
        LetterQueued = "letter_queued",
        /// Handed to print.
        Printed = "printed",
        /// Came back: nobody lives there.
        Returned = "returned",
        /// Could not be printed: a person must look.
        LetterGivenUp = "letter_given_up",
        /// Nobody is to be told any more.
        Dropped = "dropped",
    }
);

impl State {
    /// Something is still to be done by us.
    #[must_use]
    pub const fn is_waiting(self) -> bool {
        matches!(self, Self::Queued | Self::LetterQueued)
    }

    /// Nothing happens until somebody looks.
    #[must_use]
    pub const fn is_dead(self) -> bool {
        matches!(self, Self::GivenUp | Self::LetterGivenUp)
    }
}

/// What happened to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// Digital Post took it.
    Taken,
    /// Digital Post says that the person is not enrolled.
    NotEnrolled,
    /// No answer, or none that says what became of it. Trying again helps.
    Failed,
    /// The answer was no, and would be again.
    Refused,
    /// A receipt: it lies in the box.
    ReceiptDelivered,
    /// A receipt: it cannot be delivered.
    ReceiptRejected,
    /// The letter lies in the print spool.
    Spooled,
    /// The letter came back.
    CameBack,
    /// An operator says: once more.
    TryAgain,
    /// The recipient is dead, or what it was about is over.
    Drop,
}

/// The event changes nothing here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the event changes nothing")]
pub struct Ignored;

/// One message on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sending {
    /// Where it is.
    pub state: State,
    /// Tries since it came to this state.
    pub attempts: u32,
    /// A letter is a message of its own, so none is to be made of this one.
    pub letter_apart: bool,
}

impl Sending {
    /// To be sent by Digital Post; `letter_apart` when a letter goes as well.
    #[must_use]
    pub const fn by_post(letter_apart: bool) -> Self {
        Self { state: State::Queued, attempts: 0, letter_apart }
    }

    /// To be sent as a letter.
    #[must_use]
    pub const fn by_letter() -> Self {
        Self { state: State::LetterQueued, attempts: 0, letter_apart: false }
    }

    /// What comes of an event.
    pub fn on(self, event: Event) -> Result<Self, Ignored> {
        match self.state {
            State::Queued | State::Accepted | State::GivenUp => self.on_post(event),
            State::LetterQueued | State::LetterGivenUp => self.on_letter(event),
            State::Printed if event == Event::CameBack => Ok(self.at(State::Returned)),
            State::Printed | State::Delivered | State::Rejected | State::Returned | State::Dropped => {
                Err(Ignored)
            }
        }
    }

    /// Before, between and after the answers of Digital Post. A receipt may be faster than the answer, and may come
    /// where the answer never did; a worker that was slow may still bring its own when another has been through.
    fn on_post(self, event: Event) -> Result<Self, Ignored> {
        let (queued, taken) = (self.state == State::Queued, self.state == State::Accepted);
        match event {
            Event::ReceiptDelivered => Ok(self.at(State::Delivered)),
            Event::ReceiptRejected => Ok(self.undeliverable()),
            Event::Taken if !taken => Ok(self.at(State::Accepted)),
            Event::NotEnrolled if queued => Ok(self.undeliverable()),
            Event::Failed if queued => Ok(self.tried(State::GivenUp)),
            Event::Refused if queued => Ok(self.at(State::GivenUp)),
            Event::TryAgain if !queued && !taken => Ok(self.at(State::Queued)),
            Event::Drop if !taken => Ok(self.at(State::Dropped)),
            Event::Taken
            | Event::NotEnrolled
            | Event::Failed
            | Event::Refused
            | Event::TryAgain
            | Event::Drop
            | Event::Spooled
            | Event::CameBack => Err(Ignored),
        }
    }

    fn on_letter(self, event: Event) -> Result<Self, Ignored> {
        let queued = self.state == State::LetterQueued;
        match event {
            Event::Spooled => Ok(self.at(State::Printed)),
            Event::Drop => Ok(self.at(State::Dropped)),
            Event::Failed if queued => Ok(self.tried(State::LetterGivenUp)),
            Event::Refused if queued => Ok(self.at(State::LetterGivenUp)),
            Event::TryAgain if !queued => Ok(self.at(State::LetterQueued)),
            Event::Failed
            | Event::Refused
            | Event::TryAgain
            | Event::Taken
            | Event::NotEnrolled
            | Event::ReceiptDelivered
            | Event::ReceiptRejected
            | Event::CameBack => Err(Ignored),
        }
    }

    const fn at(self, state: State) -> Self {
        Self { state, attempts: 0, ..self }
    }

    /// A letter instead, unless one goes anyway.
    const fn undeliverable(self) -> Self {
        self.at(if self.letter_apart { State::Rejected } else { State::LetterQueued })
    }

    /// One more try was in vain.
    const fn tried(self, given_up: State) -> Self {
        let attempts = self.attempts + 1;
        if attempts >= MOST_ATTEMPTS { self.at(given_up) } else { Self { attempts, ..self } }
    }
}
