//! What state a mandate (or one item of it) is in. What happened is stored as [`Status`]; what it means now
//! is [`Standing`], computed from the clock, so that nothing has to run at midnight for a right to end.

use crate::municipality::MunicipalityCode;
use crate::time::{Date, Timestamp, copenhagen_end_of, copenhagen_midnight};

coded_enum! {
    /// How a mandate came to be.
    pub enum Origin {
        /// Given without being asked (afgivet).
        Given = "given",
        /// Asked for, then approved (anmodet).
        Requested = "requested",
        /// Signed by hand and registered by staff (papir).
        Paper = "paper",
        /// Signed successor of an earlier one (fornyelse).
        Renewed = "renewed",
        /// Made from a fremtidsfuldmagt in force.
        FutureMandate = "future_mandate",
        /// Made from a generalfuldmagt.
        GeneralMandate = "general_mandate",
    }
}

impl Origin {
    /// Whether staff registered it on evidence, so that it counts whatever the municipality has chosen
    /// about digital mandates.
    #[must_use]
    pub const fn is_registered_by_staff(self) -> bool {
        matches!(self, Self::Paper | Self::FutureMandate | Self::GeneralMandate)
    }
}

coded_enum! {
    /// Where a right may be used. The one never answers for the other.
    pub enum Channel {
        /// In the portal (selvbetjening).
        SelfService = "self_service",
        /// On the phone or by letter with a caseworker (kontakt).
        Contact = "contact",
    }
}

coded_enum! {
    /// The two sides of a mandate.
    pub enum Party {
        /// Fuldmagtsgiver.
        Giver = "giver",
        /// Fuldmagtshaver.
        Holder = "holder",
    }
}

coded_enum! {
    /// Why an authority paused a mandate.
    pub enum SuspendReason {
        /// Doubt whether the giver understands the consequences (habilitet).
        Capacity = "capacity",
        /// Suspected misuse.
        Misuse = "misuse",
        /// Evidence is being checked.
        Evidence = "evidence",
    }
}

coded_enum! {
    /// Why an authority ended a mandate.
    pub enum AnnulReason {
        /// The giver did not understand the consequences.
        Capacity = "capacity",
        /// Misuse.
        Misuse = "misuse",
        /// Signed under pressure or by somebody else.
        Invalid = "invalid",
        /// A guardian took over.
        Guardianship = "guardianship",
    }
}

/// Where a right holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Territory {
    /// With every authority that has the package active.
    All,
    /// Only there.
    Only(Vec<MunicipalityCode>),
}

impl Territory {
    /// Whether this municipality is inside.
    #[must_use]
    pub fn covers(&self, municipality: MunicipalityCode) -> bool {
        match self {
            Self::All => true,
            Self::Only(list) => list.contains(&municipality),
        }
    }

    /// Whether any authority is inside both.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Only(mine), Self::Only(_)) => mine.iter().any(|one| other.covers(*one)),
            (Self::All, Self::Only(list)) | (Self::Only(list), Self::All) => !list.is_empty(),
            (Self::All, Self::All) => true,
        }
    }
}

/// From when until when, half-open: the end instant is no longer inside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Validity {
    /// First instant.
    pub from: Timestamp,
    /// First instant that is outside again.
    pub until: Timestamp,
}

impl Validity {
    /// From midnight of the first day to midnight after the last, in Denmark.
    #[must_use]
    pub fn days(first: Date, last: Date) -> Self {
        Self { from: copenhagen_midnight(first), until: copenhagen_end_of(last) }
    }

    /// Whether the instant is inside.
    #[must_use]
    pub fn contains(&self, at: Timestamp) -> bool {
        self.from <= at && at < self.until
    }

    /// Whether any instant is inside both.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        self.from < other.until && other.from < self.until
    }
}

/// What has happened to a mandate item. Only events change it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Signed, and nothing has happened but perhaps that a successor was signed.
    Running {
        /// When a signed successor takes over.
        successor_from: Option<Timestamp>,
    },
    /// Paused by an authority in doubt.
    Suspended {
        /// Since when.
        since: Timestamp,
        /// Why.
        reason: SuspendReason,
        /// When the authority must have decided. Passing it does not resume anything.
        review_by: Timestamp,
        /// As in `Running`, kept for when it is resumed.
        successor_from: Option<Timestamp>,
    },
    /// Taken back by the giver.
    Withdrawn {
        /// When.
        at: Timestamp,
    },
    /// Given up by the holder.
    Renounced {
        /// When.
        at: Timestamp,
    },
    /// Ended by an authority.
    Annulled {
        /// When.
        at: Timestamp,
        /// Why.
        reason: AnnulReason,
    },
    /// One of the two died.
    EndedByDeath {
        /// When it was registered.
        at: Timestamp,
        /// Who.
        party: Party,
    },
}

impl Status {
    /// A freshly signed item.
    pub const SIGNED: Self = Self::Running { successor_from: None };

    /// The stable code of the stored state.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Running { .. } => "running",
            Self::Suspended { .. } => "suspended",
            Self::Withdrawn { .. } => "withdrawn",
            Self::Renounced { .. } => "renounced",
            Self::Annulled { .. } => "annulled",
            Self::EndedByDeath { .. } => "ended_by_death",
        }
    }

    /// What it means at this instant, given the signed validity.
    #[must_use]
    pub fn standing(&self, validity: &Validity, now: Timestamp) -> Standing {
        match *self {
            Self::Withdrawn { .. } => Standing::Withdrawn,
            Self::Renounced { .. } => Standing::Renounced,
            Self::Annulled { .. } => Standing::Annulled,
            Self::EndedByDeath { .. } => Standing::EndedByDeath,
            Self::Running { successor_from: Some(from) } if now >= from => Standing::Superseded,
            Self::Running { .. } | Self::Suspended { .. } if now >= validity.until => Standing::Expired,
            Self::Suspended { .. } => Standing::Suspended,
            Self::Running { .. } if now < validity.from => Standing::Planned,
            Self::Running { .. } => Standing::Active,
        }
    }

    /// When it was ended by an event, if it was.
    #[must_use]
    pub const fn ended_at(&self) -> Option<Timestamp> {
        match *self {
            Self::Running { .. } | Self::Suspended { .. } => None,
            Self::Withdrawn { at }
            | Self::Renounced { at }
            | Self::Annulled { at, .. }
            | Self::EndedByDeath { at, .. } => Some(at),
        }
    }
}

coded_enum! {
    /// What a mandate is worth at an instant.
    pub enum Standing {
        /// Signed, starts later (planlagt).
        Planned = "planned",
        /// Gives the right (aktiv).
        Active = "active",
        /// Paused (suspenderet).
        Suspended = "suspended",
        /// End date passed (udløbet).
        Expired = "expired",
        /// Taken back (tilbagekaldt).
        Withdrawn = "withdrawn",
        /// Given up (frasagt).
        Renounced = "renounced",
        /// Ended by an authority (ophævet).
        Annulled = "annulled",
        /// A party died (ophørt_død).
        EndedByDeath = "ended_by_death",
        /// A successor took over (erstattet).
        Superseded = "superseded",
    }
}

impl Standing {
    /// Whether it can ever give a right again.
    #[must_use]
    pub const fn is_over(self) -> bool {
        !matches!(self, Self::Planned | Self::Active | Self::Suspended)
    }

    /// The Danish name of the state, as lawyers and the citizen's overview use it.
    #[must_use]
    pub const fn danish(self) -> &'static str {
        match self {
            Self::Planned => "planlagt",
            Self::Active => "aktiv",
            Self::Suspended => "suspenderet",
            Self::Expired => "udløbet",
            Self::Withdrawn => "tilbagekaldt",
            Self::Renounced => "frasagt",
            Self::Annulled => "ophævet",
            Self::EndedByDeath => "ophørt_død",
            Self::Superseded => "erstattet",
        }
    }
}
