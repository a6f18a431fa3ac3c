//! Until when one can complain about a decision: four weeks from the day it reached each one it was sent to
//! (retssikkerhedsloven § 67, forvaltningsloven § 25). Digital Post has arrived the day it is sent; a letter is under
//! way for so many working days as the municipality says. A last day without work moves to the next with. It refuses
//! to refuse: a late complaint is taken as well, with a word about why it is late.

use crate::access::{Basis, JournalState};
use crate::municipality::{InactiveJournal, Left};
use crate::time::{Date, Holidays, days_after, working_day_from, working_days_after};

/// Days from the day the decision arrived.
const FOUR_WEEKS: i64 = 28;

coded_enum! {
    /// Who a decision was sent to.
    pub enum Recipient {
        /// The citizen.
        Citizen = "citizen",
        /// Somebody with custody.
        Parent = "parent",
        /// A guardian, or who else represents the citizen in the case.
        Representative = "representative",
    }
}

impl Recipient {
    /// As whom somebody with this basis got the decision.
    #[must_use]
    pub const fn of(basis: &Basis) -> Self {
        match basis {
            Basis::Own => Self::Citizen,
            Basis::Custody { .. } => Self::Parent,
            Basis::Mandate { .. } | Basis::Guardianship { .. } | Basis::Claim { .. } => Self::Representative,
        }
    }
}

coded_enum! {
    /// How it was sent.
    pub enum SentBy {
        /// Digital Post.
        DigitalPost = "digital_post",
        /// A letter.
        Letter = "letter",
    }
}

coded_enum! {
    /// How one complains.
    pub enum Route {
        /// To the municipality within four weeks; what it does not change it sends on to Ankestyrelsen.
        Municipality = "municipality",
        /// Another way with another time: the decision tells.
        AsTheLetterSays = "as_the_letter_says",
    }
}

/// How a decision went to one recipient.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// To whom.
    pub to: Recipient,
    /// How.
    pub by: SentBy,
    /// When.
    pub sent: Date,
}

/// The time one recipient has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// How it went to them.
    pub delivery: Delivery,
    /// The day it counts as arrived.
    pub received: Date,
    /// The last day to complain.
    pub last_day: Date,
}

impl Deadline {
    /// The deadline of a delivery, where a letter is under way for so many working days.
    ///
    /// ```
    /// use borgerportal_domain::Date;
    /// use borgerportal_domain::grants::{Deadline, Delivery, Recipient, SentBy};
    /// let sent = Date::constant(2026, 11, 6);
    /// let post = Delivery { to: Recipient::Citizen, by: SentBy::DigitalPost, sent };
    /// assert_eq!(Deadline::of(post, 6).last_day, Date::constant(2026, 12, 4));
    /// let letter = Delivery { by: SentBy::Letter, ..post };
    /// assert_eq!(Deadline::of(letter, 6).last_day, Date::constant(2026, 12, 14));
    /// ```
    #[must_use]
    pub fn of(delivery: Delivery, letter_days: u16) -> Self {
        let holidays = Holidays::default();
        let received = match delivery.by {
            SentBy::DigitalPost => delivery.sent,
            SentBy::Letter => working_days_after(delivery.sent, letter_days, &holidays),
        };
        let last_day = working_day_from(days_after(received, FOUR_WEEKS), &holidays);
        Self { delivery, received, last_day }
    }

    /// Days that are left after today, while there is time; nought on the last day itself.
    #[must_use]
    pub fn days_left(&self, today: Date) -> Option<u32> {
        let days = today.until(self.last_day).ok()?.get_days();
        u32::try_from(days).ok()
    }
}

/// The deadlines of all recipients, in the order of the deliveries.
#[must_use]
pub fn deadlines(deliveries: &[Delivery], letter_days: u16) -> Vec<Deadline> {
    deliveries.iter().map(|delivery| Deadline::of(*delivery, letter_days)).collect()
}

/// The one that counts for this reader: their own kind's, or where the decision went only to others, the
/// citizen's, or anybody's. Of several the first to end: nobody is told of a day that is another's.
#[must_use]
pub fn own(deadlines: &[Deadline], reader: Recipient) -> Option<&Deadline> {
    let of = |wanted: Option<Recipient>| {
        let fits = move |one: &&Deadline| wanted.is_none_or(|to| one.delivery.to == to);
        deadlines.iter().filter(fits).min_by_key(|one| one.last_day)
    };
    of(Some(reader)).or_else(|| of(Some(Recipient::Citizen))).or_else(|| of(None))
}

/// Whether anybody can still complain in time.
#[must_use]
pub fn is_running(deadlines: &[Deadline], today: Date) -> bool {
    deadlines.iter().any(|one| one.days_left(today).is_some())
}

/// Whether nothing of a journal can be read any more but what can still be complained about.
#[must_use]
pub fn is_shut(journal: JournalState, policy: InactiveJournal, today: Date) -> bool {
    match journal {
        JournalState::Active => false,
        JournalState::Inactive { since } => policy.left(since, today) == Left::Nothing,
    }
}

/// Whether a grant is left of a journal: of one that is not shut all, and of any what can still be complained about in
/// time.
#[must_use]
pub fn is_left(journal: JournalState, policy: InactiveJournal, deadlines: &[Deadline], today: Date) -> bool {
    !is_shut(journal, policy, today) || is_running(deadlines, today)
}
