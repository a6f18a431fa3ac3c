//! The person at the door: proven identity, how strongly and when it was proven, and what the national
//! service said in the same breath. It refuses sessions and cookies; those belong to the web.

use super::PrivilegeSet;
use crate::ids::PersonId;
use crate::municipality::MunicipalityCode;
use crate::time::Timestamp;

/// A claim of the national service ends so many minutes after the login that carried it.
pub const CLAIM_MINUTES: i64 = 30;

/// A login counts as fresh for so many minutes: long enough to come back to a page and press the button.
pub const FRESH_LOGIN_MINUTES: i64 = 10;

coded_enum! {
    /// What a person came as. Orders the bases when several would do; gives no right by itself.
    pub enum Role {
        /// Borger: for oneself.
        Citizen = "citizen",
        /// Forælder: for one's own child under 18.
        Parent = "parent",
        /// Pårørende: with a mandate, or as a guardian.
        Relative = "relative",
    }
}

coded_enum! {
    /// NSIS level of assurance, weakest first.
    pub enum Level {
        /// Lav.
        Low = "low",
        /// Betydelig. The least that opens a journal.
        Substantial = "substantial",
        /// Høj.
        High = "high",
    }
}

/// What the national mandate service claimed at login: no end date, no identifier, only "now".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Claim {
    /// Who gave the mandate.
    pub giver: PersonId,
    /// Whose record of the giver it opens.
    pub municipality: MunicipalityCode,
    /// What it covers there, after mapping privilege URIs; nothing where none of it is used.
    pub privileges: PrivilegeSet,
    /// When the login that carried it happened.
    pub asserted_at: Timestamp,
}

impl Claim {
    /// When it ends.
    #[must_use]
    pub const fn until(&self) -> Timestamp {
        self.asserted_at.plus_minutes(CLAIM_MINUTES)
    }
}

/// A signed-in person asking for something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    /// Who.
    pub actor: PersonId,
    /// As what they came.
    pub role: Role,
    /// The municipality chosen at login, if one was. The journal in the address, not this, decides what is read.
    pub municipality: Option<MunicipalityCode>,
    /// How strongly the identity was proven.
    pub level: Level,
    /// When the person last proved it with MitID (`auth_time`). Unlocking with a PIN does not move it.
    pub authenticated_at: Timestamp,
    /// What the national service claimed, if anything.
    pub claims: Vec<Claim>,
}

impl Caller {
    /// Whether the last MitID login is recent enough for giving, approving or widening a mandate.
    #[must_use]
    pub const fn is_fresh(&self, now: Timestamp) -> bool {
        now.millis_since(self.authenticated_at) <= FRESH_LOGIN_MINUTES * 60_000
    }
}
