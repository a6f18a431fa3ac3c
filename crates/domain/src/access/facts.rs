//! What the rules are decided on, as the store read it in this very transaction. Plain data; it refuses to
//! judge, except for asking what the clock says about itself.

use super::PrivilegeSet;
use crate::ids::{MandateId, PersonId};
use crate::mandates::{Channel, Origin, Standing, Status, Territory, Validity};
use crate::municipality::MunicipalityCode;
use crate::person::PersonFacts;
use crate::time::{Date, Timestamp};

/// An answer of the custody register older than this is asked again when the register can be reached.
pub const CUSTODY_ASK_MINUTES: i64 = 15;

/// An answer older than this opens nothing.
pub const CUSTODY_STALE_MINUTES: i64 = 60;

/// Whether the municipality still helps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JournalState {
    /// Help runs.
    Active,
    /// Help has ended.
    Inactive {
        /// The day it ended.
        since: Date,
    },
}

/// One item of a mandate with what the package catalogue says about it here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemFact {
    /// What has happened to it.
    pub status: Status,
    /// What its package version maps to today.
    pub privileges: PrivilegeSet,
    /// Portal or caseworker.
    pub channel: Channel,
    /// Where it holds.
    pub territory: Territory,
    /// Whether this municipality has the package active.
    pub package_active: bool,
}

/// A mandate between two people, ended ones included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MandateFact {
    /// Which.
    pub id: MandateId,
    /// Who gave it.
    pub giver: PersonId,
    /// Who holds it.
    pub holder: PersonId,
    /// How it came to be.
    pub origin: Origin,
    /// The signed period.
    pub validity: Validity,
    /// Its items.
    pub items: Vec<ItemFact>,
}

impl MandateFact {
    /// What an item of this mandate is worth now.
    #[must_use]
    pub fn standing(&self, item: &ItemFact, now: Timestamp) -> Standing {
        item.status.standing(&self.validity, now)
    }
}

/// What the register said when asked whether this person has custody of this child.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CustodyFact {
    /// Who has custody.
    pub holder: PersonId,
    /// Of whom.
    pub child: PersonId,
    /// First day.
    pub from: Option<Date>,
    /// Last day, when one is known.
    pub last_day: Option<Date>,
    /// A protection or confidentiality flag ends the right to see, whatever the dates say.
    pub withheld: bool,
    /// When the register answered.
    pub asked_at: Timestamp,
}

impl CustodyFact {
    /// Whether the register should be asked again.
    #[must_use]
    pub const fn needs_asking(&self, now: Timestamp) -> bool {
        now.millis_since(self.asked_at) > CUSTODY_ASK_MINUTES * 60_000
    }

    /// Whether the answer is too old to open anything.
    #[must_use]
    pub const fn is_stale(&self, now: Timestamp) -> bool {
        now.millis_since(self.asked_at) > CUSTODY_STALE_MINUTES * 60_000
    }
}

coded_enum! {
    /// What a guardianship covers.
    pub enum GuardianshipScope {
        /// Personal matters, health included.
        Personal = "personal",
        /// Money only: gives nothing here.
        Economic = "economic",
        /// Personal and economic matters.
        Both = "both",
    }
}

/// A guardianship registered by staff on evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Guardianship {
    /// Who is guardian.
    pub guardian: PersonId,
    /// For whom.
    pub ward: PersonId,
    /// What it covers.
    pub scope: GuardianshipScope,
    /// First day.
    pub from: Date,
    /// Last day, when one is set.
    pub last_day: Option<Date>,
}

/// Whom a block shuts out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Blocked {
    /// This person, on whatever basis.
    Person(PersonId),
    /// Everybody who acts for the subject.
    AllOthers,
    /// Everybody, the subject too: the portal is closed for this journal.
    Everybody,
}

/// A decision of the municipality to shut somebody out of a journal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// Whom.
    pub blocked: Blocked,
    /// Since when.
    pub from: Timestamp,
    /// Until when, when set.
    pub until: Option<Timestamp>,
}

impl Block {
    /// Whether it shuts this person out of that subject's journal now.
    #[must_use]
    pub fn hits(&self, actor: PersonId, subject: PersonId, now: Timestamp) -> bool {
        let running = self.from <= now && self.until.is_none_or(|until| now < until);
        running
            && match self.blocked {
                Blocked::Person(person) => person == actor,
                Blocked::AllOthers => actor != subject,
                Blocked::Everybody => true,
            }
    }
}

/// Everything [`super::decide`] looks at besides the caller and the policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// Who asks, from the register.
    pub actor: PersonFacts,
    /// Whose journal it is.
    pub subject: PersonFacts,
    /// Which municipality owns the journal.
    pub municipality: MunicipalityCode,
    /// Whether help runs.
    pub journal: JournalState,
    /// Mandates from the subject to the actor, ended ones too (their end is told). Others are ignored.
    pub mandates: Vec<MandateFact>,
    /// The register's last answer about these two, when it was yes.
    pub custody: Option<CustodyFact>,
    /// A guardianship between these two.
    pub guardianship: Option<Guardianship>,
    /// Blocks on this journal.
    pub blocks: Vec<Block>,
    /// Since when an authority doubts that the subject understands what a mandate is, if one does.
    pub subject_doubted: Option<Timestamp>,
}
