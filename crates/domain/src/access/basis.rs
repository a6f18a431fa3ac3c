//! Why somebody may. A basis is the answer yes together with its reason and its end; it stands in the log
//! and in the bar "Du handler på vegne af …". It refuses to be a permission by itself: only the service
//! turns it into one, inside the transaction it was decided in.

use super::Role;
use crate::ids::MandateId;
use crate::municipality::YouthPolicy;
use crate::time::{Date, Timestamp, copenhagen_end_of};

coded_enum! {
    /// The kind of basis, as logged.
    pub enum BasisKind {
        /// For oneself.
        Own = "own",
        /// Custody of a child.
        Custody = "custody",
        /// A mandate.
        Mandate = "mandate",
        /// A guardianship of personal matters.
        Guardianship = "guardianship",
        /// A claim of the national mandate service.
        Claim = "claim",
    }
}

/// Why the caller may.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// It is their own journal.
    Own,
    /// They have custody of the child.
    Custody {
        /// Last day: the day before the 18th birthday, or the end of custody.
        last_day: Date,
        /// For a child of 15–17, what the municipality lets parents see.
        youth: Option<YouthPolicy>,
    },
    /// They hold a live mandate that covers it.
    Mandate {
        /// Which.
        id: MandateId,
        /// First instant without it.
        until: Timestamp,
        /// Whether it covers any acting at all.
        may_act: bool,
    },
    /// They are guardian of personal matters.
    Guardianship {
        /// Last day, when one is set.
        last_day: Option<Date>,
    },
    /// The national service said so at login.
    Claim {
        /// First instant without it.
        until: Timestamp,
        /// Whether it covers any acting at all.
        may_act: bool,
    },
}

impl Basis {
    /// The kind, for the log.
    #[must_use]
    pub const fn kind(&self) -> BasisKind {
        match self {
            Self::Own => BasisKind::Own,
            Self::Custody { .. } => BasisKind::Custody,
            Self::Mandate { .. } => BasisKind::Mandate,
            Self::Guardianship { .. } => BasisKind::Guardianship,
            Self::Claim { .. } => BasisKind::Claim,
        }
    }

    /// Whether the caller is the subject.
    #[must_use]
    pub const fn is_own(&self) -> bool {
        matches!(self, Self::Own)
    }

    /// As what somebody with this basis acts, whichever door they chose at the log-in. The log tells this.
    #[must_use]
    pub const fn role(&self) -> Role {
        match self {
            Self::Own => Role::Citizen,
            Self::Custody { .. } => Role::Parent,
            Self::Mandate { .. } | Self::Guardianship { .. } | Self::Claim { .. } => Role::Relative,
        }
    }

    /// The mandate it rests on, if it is one of ours.
    #[must_use]
    pub const fn mandate(&self) -> Option<MandateId> {
        match self {
            Self::Mandate { id, .. } => Some(*id),
            Self::Own | Self::Custody { .. } | Self::Guardianship { .. } | Self::Claim { .. } => None,
        }
    }

    /// Whether it can cover acting at all. Each act still asks for its own privilege.
    #[must_use]
    pub const fn may_act(&self) -> bool {
        match self {
            Self::Own | Self::Custody { .. } | Self::Guardianship { .. } => true,
            Self::Mandate { may_act, .. } | Self::Claim { may_act, .. } => *may_act,
        }
    }

    /// The first instant without it, when an end is known.
    #[must_use]
    pub fn until(&self) -> Option<Timestamp> {
        match self {
            Self::Own => None,
            Self::Custody { last_day, .. } => Some(copenhagen_end_of(*last_day)),
            Self::Guardianship { last_day } => last_day.map(copenhagen_end_of),
            Self::Mandate { until, .. } | Self::Claim { until, .. } => Some(*until),
        }
    }
}
