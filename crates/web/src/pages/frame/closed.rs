//! What the frame says of a journal whose help has ended: until when it can be read, or what of it. It refuses to hide
//! that; whoever reads in it should know that nothing new comes.

use super::{Frame, Here};
use borgerportal_domain::municipality::{InactiveJournal, Left};
use borgerportal_i18n::Date;

/// What is left of a closed journal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closed {
    /// Everything can be read to the end of this day.
    Until(Date),
    /// Letters and decisions can be read.
    Letters,
    /// Nothing but what the law keeps open.
    Shut,
}

impl Closed {
    /// Of a journal that has been closed since a day, seen today, as its municipality has decided.
    #[must_use]
    pub fn of(policy: InactiveJournal, since: Date, today: Date) -> Self {
        match policy.left(since, today) {
            Left::Everything => policy.readable_until(since).map_or(Self::Shut, Self::Until),
            Left::Letters => Self::Letters,
            Left::Nothing => Self::Shut,
        }
    }
}

impl Frame<'_> {
    /// "Journalen er lukket. Den kan læses til og med 5. maj 2027."
    #[must_use]
    pub fn closed_words(&self) -> Option<String> {
        Some(match self.closed? {
            Closed::Until(day) => self.texts().with("closed-until", &[("day", (&self.day(&day)).into())]),
            Closed::Letters => self.say("closed-letters").to_owned(),
            // The page of a shut journal says so itself; what is left of it stands alone.
            Closed::Shut if self.here != Here::Grants => return None,
            Closed::Shut => self.say("closed-shut").to_owned(),
        })
    }
}
