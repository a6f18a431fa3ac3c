//! A signed mandate: terms that never change and items that live and die on their own. It refuses to be
//! edited; what happens to it are events, and its state can be had again from its events and the clock.

use super::{MandateEvent, MandateRefusal, Origin, Standing, Status, Territory, Validity};
use crate::ids::{MandateId, PackageId, PackageVersionId, PersonId};
use crate::time::{Date, Timestamp};

/// What was signed. Nothing of it ever changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    /// Fuldmagtsgiver.
    pub giver: PersonId,
    /// Fuldmagtshaver.
    pub holder: PersonId,
    /// How it came to be.
    pub origin: Origin,
    /// First day it holds.
    pub first_day: Date,
    /// Last day it holds; there always is one.
    pub last_day: Date,
    /// When it was signed or registered.
    pub signed_at: Timestamp,
    /// The mandate it takes over from.
    pub supersedes: Option<MandateId>,
}

impl Terms {
    /// The days as instants: from midnight of the first to midnight after the last, in Denmark.
    #[must_use]
    pub fn validity(&self) -> Validity {
        Validity::days(self.first_day, self.last_day)
    }
}

/// One package of rights inside a mandate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MandateItem {
    /// Which package, whatever its version.
    pub package: PackageId,
    /// The version that was shown and signed.
    pub version: PackageVersionId,
    /// Where it holds.
    pub territory: Territory,
    /// What has happened to it.
    pub status: Status,
}

/// The whole mandate, or one item of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Every item that is not over.
    Whole,
    /// The item with this version.
    Item(PackageVersionId),
}

/// An event as it was written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// When it happened.
    pub at: Timestamp,
    /// To what.
    pub part: Part,
    /// What.
    pub event: MandateEvent,
}

/// A mandate. Made by [`Mandate::sign`] or read back by [`Mandate::restore`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mandate {
    id: MandateId,
    terms: Terms,
    items: Vec<MandateItem>,
}

impl Mandate {
    /// A mandate as the store holds it. Signing was checked when it was signed.
    #[must_use]
    pub const fn restore(id: MandateId, terms: Terms, items: Vec<MandateItem>) -> Self {
        Self { id, terms, items }
    }

    /// Its name.
    #[must_use]
    pub const fn id(&self) -> MandateId {
        self.id
    }

    /// What was signed.
    #[must_use]
    pub const fn terms(&self) -> &Terms {
        &self.terms
    }

    /// Its items.
    #[must_use]
    pub fn items(&self) -> &[MandateItem] {
        &self.items
    }

    /// What an event makes of it, or why it may not happen. An event on the whole touches every item that
    /// lets it happen, and is refused when none does.
    pub fn after(&self, part: Part, event: &MandateEvent, at: Timestamp) -> Result<Self, MandateRefusal> {
        let mut items = self.items.clone();
        let mut changed = false;
        let mut refusal = MandateRefusal::NoSuchItem;
        for item in &mut items {
            let meant = match part {
                Part::Whole => true,
                Part::Item(version) => version == item.version,
            };
            if !meant {
                continue;
            }
            match item.status.after(event, &self.terms, at) {
                Ok(status) => {
                    item.status = status;
                    changed = true;
                }
                // Of several reasons the one of an item that still lives tells more.
                Err(MandateRefusal::AlreadyOver) if refusal != MandateRefusal::NoSuchItem => {}
                Err(other) => refusal = other,
            }
        }
        if changed { Ok(Self { items, ..self.clone() }) } else { Err(refusal) }
    }

    /// The state again from what was signed and everything that happened since.
    pub fn replay(&self, events: &[Recorded]) -> Result<Self, MandateRefusal> {
        let fresh = self.items.iter().map(|item| MandateItem { status: Status::SIGNED, ..item.clone() });
        let signed = Self { items: fresh.collect(), ..self.clone() };
        events.iter().try_fold(signed, |mandate, one| mandate.after(one.part, &one.event, one.at))
    }

    /// What it is worth now: that of its most living item; with none alive, that of the item that ended last.
    #[must_use]
    pub fn standing(&self, now: Timestamp) -> Standing {
        let validity = self.terms.validity();
        let life = |item: &MandateItem| {
            let standing = item.status.standing(&validity, now);
            let alive = match standing {
                Standing::Active => 3,
                Standing::Planned => 2,
                Standing::Suspended => 1,
                Standing::Expired
                | Standing::Withdrawn
                | Standing::Renounced
                | Standing::Annulled
                | Standing::EndedByDeath
                | Standing::Superseded => 0,
            };
            let ended = item.status.ended_at().or_else(|| item.status.successor_from());
            (alive, ended.unwrap_or(validity.until), standing)
        };
        self.items.iter().map(life).max().map_or(Standing::Expired, |(_, _, standing)| standing)
    }

    /// Whether its giver may renew it with a signature. What was registered from paper needs a new letter.
    #[must_use]
    pub fn may_be_renewed(&self, now: Timestamp) -> bool {
        let standing = self.standing(now);
        !self.terms.origin.is_registered_by_staff() && standing == Standing::Active
    }
}
