//! What can happen to a mandate item, and in which states it may. One function per state, each naming every
//! event, so that a new event cannot be forgotten anywhere. It refuses to bring back what has ended.

use super::{AnnulReason, Party, Standing, Status, SuspendReason, Terms};
use crate::ids::PersonId;
use crate::time::Timestamp;

/// Something that happened. The clock makes no events; see [`Standing`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MandateEvent {
    /// The giver takes it back (tilbagekald). Always allowed, without reason.
    Withdraw {
        /// Who did it.
        by: PersonId,
    },
    /// Borgerservice takes it back on the giver's wish.
    WithdrawForGiver {
        /// The official.
        registrar: PersonId,
    },
    /// The holder gives it up (frasig).
    Renounce {
        /// Who did it.
        by: PersonId,
    },
    /// A death was registered (død registreret).
    Death {
        /// Whose.
        party: Party,
    },
    /// The authority is in doubt (suspendér).
    Suspend {
        /// Why.
        reason: SuspendReason,
        /// When it must have decided.
        review_by: Timestamp,
    },
    /// The authority's doubt is gone (genoptag).
    Resume,
    /// The authority ends it (ophæv).
    Annul {
        /// Why.
        reason: AnnulReason,
    },
    /// A successor was signed that takes over (efterfølger underskrevet).
    SuccessorSigned {
        /// When it takes over.
        from: Timestamp,
    },
    /// The successor was stopped before it took over (efterfølger bortfaldet).
    SuccessorDropped,
}

impl MandateEvent {
    /// The stable code, as stored in the list of events.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Withdraw { .. } => "withdraw",
            Self::WithdrawForGiver { .. } => "withdraw_for_giver",
            Self::Renounce { .. } => "renounce",
            Self::Death { .. } => "death",
            Self::Suspend { .. } => "suspend",
            Self::Resume => "resume",
            Self::Annul { .. } => "annul",
            Self::SuccessorSigned { .. } => "successor_signed",
            Self::SuccessorDropped => "successor_dropped",
        }
    }
}

coded_enum! {
    /// Why an event was refused.
    pub enum MandateRefusal {
        /// It has ended, and nothing brings it back.
        AlreadyOver = "mandates.already_over",
        /// It is paused already.
        AlreadySuspended = "mandates.already_suspended",
        /// It is not paused.
        NotSuspended = "mandates.not_suspended",
        /// Only the giver may.
        NotTheGiver = "mandates.not_the_giver",
        /// Only the holder may.
        NotTheHolder = "mandates.not_the_holder",
        /// An official may not handle their own mandate.
        RegistrarIsParty = "mandates.registrar_is_party",
        /// A pause needs a day by which the authority decides.
        NoReviewDate = "mandates.no_review_date",
        /// The successor does not begin inside the period of this one.
        SuccessorOutside = "mandates.successor_outside",
        /// There is no successor.
        NoSuccessor = "mandates.no_successor",
        /// Not running, registered from paper, already renewed, or too early.
        NotRenewable = "mandates.not_renewable",
        /// The mandate has no such item.
        NoSuchItem = "mandates.no_such_item",
    }
}

impl Status {
    /// The status after an event at this instant, or why it may not happen.
    ///
    /// ```
    /// use borgerportal_domain::mandates::*;
    /// use borgerportal_domain::{Date, PersonId, Timestamp};
    /// let (giver, holder) = (PersonId::from_bytes([1; 16]), PersonId::from_bytes([2; 16]));
    /// let terms = Terms {
    ///     giver,
    ///     holder,
    ///     origin: Origin::Given,
    ///     first_day: Date::constant(2026, 1, 1),
    ///     last_day: Date::constant(2026, 6, 30),
    ///     signed_at: Timestamp::parse("2025-12-01T10:00:00Z").ok_or("no instant")?,
    ///     supersedes: None,
    /// };
    /// let now = Timestamp::parse("2026-03-01T10:00:00Z").ok_or("no instant")?;
    /// let stopped = Status::SIGNED.after(&MandateEvent::Withdraw { by: giver }, &terms, now);
    /// assert_eq!(stopped, Ok(Status::Withdrawn { at: now }));
    /// let again = Status::Withdrawn { at: now }.after(&MandateEvent::Resume, &terms, now);
    /// assert_eq!(again, Err(MandateRefusal::AlreadyOver));
    /// # Ok::<(), &str>(())
    /// ```
    pub fn after(self, event: &MandateEvent, terms: &Terms, at: Timestamp) -> Result<Self, MandateRefusal> {
        match self.standing(&terms.validity(), at) {
            Standing::Planned => self.planned(event, terms, at),
            Standing::Active => self.active(event, terms, at),
            Standing::Suspended => self.suspended(event, terms, at),
            Standing::Expired
            | Standing::Withdrawn
            | Standing::Renounced
            | Standing::Annulled
            | Standing::EndedByDeath
            | Standing::Superseded => Err(MandateRefusal::AlreadyOver),
        }
    }

    fn planned(self, event: &MandateEvent, terms: &Terms, at: Timestamp) -> Result<Self, MandateRefusal> {
        match *event {
            MandateEvent::Withdraw { by } => withdraw(by, terms, at),
            MandateEvent::WithdrawForGiver { registrar } => withdraw_for_giver(registrar, terms, at),
            MandateEvent::Renounce { by } => renounce(by, terms, at),
            MandateEvent::Death { party } => Ok(Self::EndedByDeath { at, party }),
            // An authority can pause or end what has not begun: else a successor that was signed before the
            // doubt would begin in the middle of it.
            MandateEvent::Suspend { reason, review_by } => self.pause(reason, review_by, at),
            MandateEvent::Resume => Err(MandateRefusal::NotSuspended),
            MandateEvent::Annul { reason } => Ok(Self::Annulled { at, reason }),
            MandateEvent::SuccessorSigned { from } => successor(from, terms, at),
            MandateEvent::SuccessorDropped => self.without_successor(),
        }
    }

    fn pause(
        self,
        reason: SuspendReason,
        review_by: Timestamp,
        at: Timestamp,
    ) -> Result<Self, MandateRefusal> {
        if review_by <= at {
            return Err(MandateRefusal::NoReviewDate);
        }
        let successor_from = self.successor_from();
        Ok(Self::Suspended { since: at, reason, review_by, successor_from })
    }

    fn active(self, event: &MandateEvent, terms: &Terms, at: Timestamp) -> Result<Self, MandateRefusal> {
        match *event {
            MandateEvent::Withdraw { by } => withdraw(by, terms, at),
            MandateEvent::WithdrawForGiver { registrar } => withdraw_for_giver(registrar, terms, at),
            MandateEvent::Renounce { by } => renounce(by, terms, at),
            MandateEvent::Death { party } => Ok(Self::EndedByDeath { at, party }),
            MandateEvent::Suspend { reason, review_by } => self.pause(reason, review_by, at),
            MandateEvent::Resume => Err(MandateRefusal::NotSuspended),
            MandateEvent::Annul { reason } => Ok(Self::Annulled { at, reason }),
            MandateEvent::SuccessorSigned { from } => successor(from, terms, at),
            MandateEvent::SuccessorDropped => self.without_successor(),
        }
    }

    /// A paused mandate can end in every way, but its giver cannot get round the pause with a successor.
    fn suspended(self, event: &MandateEvent, terms: &Terms, at: Timestamp) -> Result<Self, MandateRefusal> {
        match *event {
            MandateEvent::Withdraw { by } => withdraw(by, terms, at),
            MandateEvent::WithdrawForGiver { registrar } => withdraw_for_giver(registrar, terms, at),
            MandateEvent::Renounce { by } => renounce(by, terms, at),
            MandateEvent::Death { party } => Ok(Self::EndedByDeath { at, party }),
            MandateEvent::Suspend { .. } | MandateEvent::SuccessorSigned { .. } => {
                Err(MandateRefusal::AlreadySuspended)
            }
            MandateEvent::Resume => Ok(Self::Running { successor_from: self.successor_from() }),
            MandateEvent::Annul { reason } => Ok(Self::Annulled { at, reason }),
            MandateEvent::SuccessorDropped => self.without_successor(),
        }
    }

    /// When a signed successor takes over, if there is one.
    #[must_use]
    pub const fn successor_from(self) -> Option<Timestamp> {
        match self {
            Self::Running { successor_from } | Self::Suspended { successor_from, .. } => successor_from,
            Self::Withdrawn { .. }
            | Self::Renounced { .. }
            | Self::Annulled { .. }
            | Self::EndedByDeath { .. } => None,
        }
    }

    fn without_successor(self) -> Result<Self, MandateRefusal> {
        match self {
            Self::Running { successor_from: Some(_) } => Ok(Self::SIGNED),
            Self::Suspended { since, reason, review_by, successor_from: Some(_) } => {
                Ok(Self::Suspended { since, reason, review_by, successor_from: None })
            }
            Self::Running { successor_from: None } | Self::Suspended { successor_from: None, .. } => {
                Err(MandateRefusal::NoSuccessor)
            }
            Self::Withdrawn { .. }
            | Self::Renounced { .. }
            | Self::Annulled { .. }
            | Self::EndedByDeath { .. } => Err(MandateRefusal::AlreadyOver),
        }
    }
}

fn withdraw(by: PersonId, terms: &Terms, at: Timestamp) -> Result<Status, MandateRefusal> {
    if by == terms.giver { Ok(Status::Withdrawn { at }) } else { Err(MandateRefusal::NotTheGiver) }
}

fn withdraw_for_giver(registrar: PersonId, terms: &Terms, at: Timestamp) -> Result<Status, MandateRefusal> {
    if registrar == terms.giver || registrar == terms.holder {
        return Err(MandateRefusal::RegistrarIsParty);
    }
    Ok(Status::Withdrawn { at })
}

fn renounce(by: PersonId, terms: &Terms, at: Timestamp) -> Result<Status, MandateRefusal> {
    if by == terms.holder { Ok(Status::Renounced { at }) } else { Err(MandateRefusal::NotTheHolder) }
}

/// A successor that should have begun already takes over at once.
fn successor(from: Timestamp, terms: &Terms, at: Timestamp) -> Result<Status, MandateRefusal> {
    let validity = terms.validity();
    if from <= validity.from || from > validity.until {
        return Err(MandateRefusal::SuccessorOutside);
    }
    Ok(Status::Running { successor_from: Some(from.max(at)) })
}
