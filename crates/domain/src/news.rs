//! News: who asked for it is told that there is something new in a record, by e-mail or SMS, and never what, where or about
//! whom. Which ways there are, what an address and its confirmation must be, and what happens to a notice on its way. It
//! refuses to decide who may be told: that is the rule of access and the rule of items, asked anew each time.

mod address;
#[cfg(test)]
mod tests;

pub use address::MailAddress;

use crate::time::Timestamp;

coded_enum! {
    /// A way that somebody may choose.
    pub enum Channel {
        /// E-mail to the address they have confirmed.
        Mail = "mail",
        /// NemSMS, to the number that Digital Post keeps.
        Sms = "sms",
    }
}

coded_enum! {
    /// What is sent.
    pub enum Kind {
        /// There is something new, by e-mail.
        Mail = "mail",
        /// There is something new, by SMS.
        Sms = "sms",
        /// The code that confirms an address.
        Code = "code",
    }
}

impl From<Channel> for Kind {
    fn from(channel: Channel) -> Self {
        match channel {
            Channel::Mail => Self::Mail,
            Channel::Sms => Self::Sms,
        }
    }
}

coded_enum! {
    /// Where it is.
    pub enum State {
        /// Waits to be sent.
        Waiting = "waiting",
        /// Handed over.
        Sent = "sent",
        /// Nobody can be reached there: no such address, not enrolled.
        Refused = "refused",
        /// Nobody took it in all that time.
        GivenUp = "given_up",
        /// There was nobody to send it to any more.
        Dropped = "dropped",
    }
}

/// What happened to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// Handed over.
    Sent,
    /// No answer, or none that says what became of it. Trying again helps.
    Failed,
    /// Nobody can be reached there, and trying again does not help.
    Refused,
    /// There is nobody to send it to any more.
    Drop,
}

/// After so many tries it is given up: about seventeen hours, so that a word of news never comes after its day.
pub const MOST_ATTEMPTS: u32 = 11;
/// Whoever was told and has not come is not told again so soon.
pub const QUIET_HOURS: i64 = 24;
/// So long a code may be typed.
pub const CODE_MINUTES: i64 = 15;
/// So often it may be typed.
pub const CODE_TRIES: u32 = 5;
/// So many codes somebody may ask for in a day: nobody's mailbox is filled from here.
pub const CODES_A_DAY: u32 = 5;

/// One of them on its way, or what became of the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sending {
    /// Where it is.
    pub state: State,
    /// Tries so far.
    pub attempts: u32,
}

impl Sending {
    /// To be sent.
    pub const NEW: Self = Self { state: State::Waiting, attempts: 0 };

    /// What comes of an event. What is at rest stays at rest, whatever a slow worker says of it.
    #[must_use]
    pub const fn on(self, event: Event) -> Self {
        let Self { state: State::Waiting, attempts } = self else { return self };
        let state = match event {
            Event::Sent => State::Sent,
            Event::Refused => State::Refused,
            Event::Drop => State::Dropped,
            Event::Failed if attempts + 1 >= MOST_ATTEMPTS => State::GivenUp,
            Event::Failed => State::Waiting,
        };
        Self { state, attempts: attempts + 1 }
    }

    /// Whether there may be another, when this was the last and changed `since`: what never arrived holds nothing up.
    #[must_use]
    pub const fn lets_another(self, since: Timestamp, now: Timestamp) -> bool {
        match self.state {
            State::Waiting => false,
            State::GivenUp | State::Dropped => true,
            State::Sent | State::Refused => now.millis_since(since) >= QUIET_HOURS * 3_600_000,
        }
    }
}

coded_enum! {
    /// Why something about news could not be done as asked.
    pub enum NewsRefusal {
        /// What was typed is no e-mail address.
        Address = "news.address",
        /// Too many codes in one day.
        TooManyCodes = "news.too_many_codes",
        /// E-mail was chosen, and there is no confirmed address.
        NoAddress = "news.no_address",
    }
}

/// A code that was sent and waits to be typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Confirmation {
    /// When it was asked for.
    pub asked_at: Timestamp,
    /// How often something was typed.
    pub tries: u32,
}

/// What comes of typing a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Typed {
    /// It is the code.
    Right,
    /// It is not, and may be typed again.
    Wrong,
    /// Too late, or too often: there must be a new one.
    Over,
}

impl Confirmation {
    /// Whether it may still be typed.
    #[must_use]
    pub const fn is_open(self, now: Timestamp) -> bool {
        self.tries < CODE_TRIES && now.millis_since(self.asked_at) < CODE_MINUTES * 60_000
    }

    /// What comes of typing this. Spaces that people put between digits do not count.
    #[must_use]
    pub fn typed(self, code: &str, typed: &str, now: Timestamp) -> Typed {
        let mut digits = typed.chars().filter(|sign| !sign.is_whitespace());
        if !self.is_open(now) {
            Typed::Over
        } else if code.chars().all(|digit| digits.next() == Some(digit)) && digits.next().is_none() {
            Typed::Right
        } else if self.tries + 1 >= CODE_TRIES {
            Typed::Over
        } else {
            Typed::Wrong
        }
    }
}

/// Six digits from random bytes.
#[must_use]
pub fn code(random: [u8; 16]) -> String {
    format!("{:06}", u128::from_be_bytes(random) % 1_000_000)
}
