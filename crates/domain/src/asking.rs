//! What another system asks about a person and is told, as the person reads it afterwards: which system, what for, and
//! what kind of answer. It refuses to hold anybody's name or number.

use crate::municipality::MandateSource;

coded_enum! {
    /// What an authority looks a mandate up for. The giver reads it.
    pub enum Purpose {
        /// The representative is on the telephone.
        PhoneCall = "phone_call",
        /// The representative is at the counter or in a meeting.
        Meeting = "meeting",
        /// The representative has written.
        Letter = "letter",
        /// A case is prepared or decided.
        Casework = "casework",
        /// The representative has come to a service that lets mandates in. No authority asks so: it is what a line says of
        /// a service that fetched what somebody may do there.
        Service = "service",
    }
}

coded_enum! {
    /// What a look-up is answered with.
    pub enum LookUpAnswer {
        /// A live mandate covers it.
        Yes = "yes",
        /// None does.
        No = "no",
        /// None of ours does, and the national service may keep one.
        Unknown = "unknown",
    }
}

impl LookUpAnswer {
    /// The answer when this much was found. Only who keeps every mandate can say no.
    #[must_use]
    pub const fn of(found: bool, source: MandateSource) -> Self {
        match (found, source) {
            (true, _) => Self::Yes,
            (false, MandateSource::Own) => Self::No,
            (false, MandateSource::NemLogin | MandateSource::Both) => Self::Unknown,
        }
    }
}

/// A question of a system, as a line of the access log keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asking {
    /// The system, by the name the municipality registered it under.
    pub client: String,
    /// What for.
    pub purpose: Purpose,
    /// What it was told.
    pub answer: LookUpAnswer,
}
