//! A request for a mandate: who asks whom for what, until when. It refuses harassment by counting what is
//! open already, and it refuses to tell the one who asks whether the other was found: a request to nobody
//! lives the same life as any other.

use std::collections::BTreeSet;

use super::{RequestEvent, RequestRefusal, RequestStanding, RequestState};
use crate::ids::{PackageVersionId, PersonId};
use crate::time::{Date, Timestamp};

/// What the giver said yes to: at most what was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agreed {
    /// The packages.
    pub items: BTreeSet<PackageVersionId>,
    /// The last day.
    pub last_day: Date,
}

/// A request. What was asked never changes; its state does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Who asks.
    pub requester: PersonId,
    /// Who is asked, when the person was found.
    pub target: Option<PersonId>,
    /// Whom the requester named, as a hash of [`super::Named::addressee`]: the same whether or not they exist.
    pub addressee: [u8; 32],
    /// What is asked for.
    pub wanted: Agreed,
    /// What has happened.
    pub state: RequestState,
}

impl Request {
    /// A request that was just sent.
    #[must_use]
    pub const fn sent(
        requester: PersonId,
        (target, addressee): (Option<PersonId>, [u8; 32]),
        wanted: Agreed,
        answer_by: Timestamp,
    ) -> Self {
        Self { requester, target, addressee, wanted, state: RequestState::Waiting { answer_by } }
    }

    /// The request after an event, or why it may not happen.
    pub fn after(&self, event: &RequestEvent, at: Timestamp) -> Result<Self, RequestRefusal> {
        Ok(Self { state: self.state.after(event, self, at)?, ..self.clone() })
    }

    /// What it is worth now.
    #[must_use]
    pub fn standing(&self, now: Timestamp) -> RequestStanding {
        self.state.standing(now)
    }

    /// Whether the agreement stays within what was asked: fewer packages and an earlier end, never more.
    pub(super) fn allows(&self, agreed: &Agreed) -> Result<(), RequestRefusal> {
        if agreed.items.is_empty() {
            return Err(RequestRefusal::NothingChosen);
        }
        let within = agreed.items.is_subset(&self.wanted.items) && agreed.last_day <= self.wanted.last_day;
        if within { Ok(()) } else { Err(RequestRefusal::Wider) }
    }

    /// Whether this person is on one of its sides.
    pub(super) fn is_party(&self, person: PersonId) -> bool {
        person == self.requester || Some(person) == self.target
    }
}

/// How many requests may be open at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RequestLimits {
    /// Of one who asks.
    pub per_requester: usize,
    /// To one who is asked.
    pub per_target: usize,
}

impl Default for RequestLimits {
    fn default() -> Self {
        Self { per_requester: 20, per_target: 20 }
    }
}

coded_enum! {
    /// Why another request cannot be sent. Told only where it is about the requester's own requests.
    pub enum AskRefusal {
        /// One asks others, not oneself.
        Oneself = "mandates.ask.oneself",
        /// Nothing was asked for.
        NothingChosen = "mandates.ask.nothing_chosen",
        /// The same is waiting for an answer already.
        AskedAlready = "mandates.ask.asked_already",
        /// Too many of one's own are open.
        TooManyOpen = "mandates.ask.too_many_open",
        /// This other has been asked too often. Told, for it counts what was typed.
        TooOften = "mandates.ask.too_often",
        /// The other has too many open. Must not be told: send nothing and answer as always.
        TargetBusy = "mandates.ask.target_busy",
    }
}

impl AskRefusal {
    /// Whether the requester may be told. If not, the receipt is the same as for a request that was sent.
    #[must_use]
    pub const fn reveals(self) -> bool {
        !matches!(self, Self::TargetBusy)
    }
}

/// Whether this request may be sent beside those that exist. Give every request of the same requester, and
/// every request to the same target.
pub fn may_ask(
    new: &Request,
    existing: &[Request],
    limits: &RequestLimits,
    now: Timestamp,
) -> Result<(), AskRefusal> {
    if new.target == Some(new.requester) {
        return Err(AskRefusal::Oneself);
    }
    if new.wanted.items.is_empty() {
        return Err(AskRefusal::NothingChosen);
    }
    let open = || existing.iter().filter(|one| one.standing(now).is_open());
    let mine = || open().filter(|one| one.requester == new.requester);
    let same_items = |one: &Request| one.wanted.items == new.wanted.items;
    // What was typed decides, found or not: else asking twice would tell whether there is such a person.
    if mine().any(|one| one.addressee == new.addressee && same_items(one)) {
        return Err(AskRefusal::AskedAlready);
    }
    if mine().count() >= limits.per_requester {
        return Err(AskRefusal::TooManyOpen);
    }
    let to_target = || open().filter(|one| new.target.is_some() && one.target == new.target);
    // Found already under another spelling: that must not be told either.
    let twice = to_target().any(|one| one.requester == new.requester && same_items(one));
    if twice || to_target().count() >= limits.per_target { Err(AskRefusal::TargetBusy) } else { Ok(()) }
}
