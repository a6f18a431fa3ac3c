//! Who may do what for whom, and why. [`decide`] is the whole law of the house as one pure function: the same
//! caller, facts, policy and instant always give the same [`Basis`] or [`Refusal`]. It refuses to load
//! anything, and it never says yes for lack of a fact: what is missing is a no.
//!
//! The role a person chose at the door orders the bases, it does not limit them: one person may in two
//! tabs read their own journal and their mother's. Every journal is decided by its own facts.

mod basis;
mod caller;
mod decide;
mod facts;
mod privilege;
mod refusal;

#[cfg(test)]
mod edges;
#[cfg(test)]
mod tests;

pub use basis::{Basis, BasisKind};
pub use caller::{CLAIM_MINUTES, Caller, Claim, FRESH_LOGIN_MINUTES, Level, Role};
pub use decide::decide;
pub use facts::{
    Block, Blocked, CUSTODY_ASK_MINUTES, CUSTODY_STALE_MINUTES, CustodyFact, Facts, Guardianship,
    GuardianshipScope, ItemFact, JournalState, MandateFact,
};
pub use privilege::{Privilege, PrivilegeSet};
pub use refusal::{Refusal, RefusalCode};
